// Turns a JSON schema into a grammar, so that a small model cannot but answer in its form.

import { countOf, numberRule } from './count.ts';
import { areDisjoint } from './disjoint.ts';
import { anyOf, BASE_RULES, list, literalJSON } from './gbnf.ts';
import { objectRule } from './object-rule.ts';
import {
  cannotHold,
  checkAlone,
  checkKeywords,
  isKeywords,
  type Keywords,
  type Kind,
  kindsOf,
  notASchema,
  type Place,
} from './schema.ts';
import { stringRule } from './string-rule.ts';

/**
 * A grammar in GBNF for the answers that fit the schema: not always all of them (properties come in the schema's order,
 * numbers have at most 15 digits), but no other. Ours and not the runtime's own, which knows no `anyOf`, takes every property
 * for required, and passes over what it does not know.
 *
 * @param path where the schema stands in the request, for errors.
 * @throws G4FError `invalid-request` naming the place and the keyword that a grammar cannot hold.
 */
export const schemaGrammar = (schema: unknown, path: string): string =>
  new SchemaGrammar(schema, path).text();

class SchemaGrammar {
  private readonly rules = new Map<string, string>(Object.entries(BASE_RULES));
  /** The rule of each schema that a `$ref` points at: named before it is written, so that it may contain itself. */
  private readonly referred = new Map<string, string>();
  private readonly root: Place;

  constructor(schema: unknown, path: string) {
    this.root = { schema, path };
  }

  text(): string {
    const root = this.value(this.root);
    return [['root', root], ...this.rules].map(([name, rule]) => `${name} ::= ${rule}\n`).join('');
  }

  name(expression: string): string {
    const name = `rule-${this.rules.size}`;
    this.rules.set(name, expression);
    return name;
  }

  value(place: Place): string {
    const { schema, path } = place;
    if (schema === true) return 'value';
    if (schema === false) throw notASchema(path, 'is false, which no answer fits');
    if (!isKeywords(schema)) throw notASchema(path, 'is no JSON schema');
    for (const keyword of COMBINING) {
      if (schema[keyword] === undefined) continue;
      checkAlone(place, schema, keyword);
      return this[keyword](place, schema);
    }
    const kinds = kindsOf(place, schema);
    checkKeywords(place, schema, kinds);
    if (kinds.length === 0) return 'value';
    return anyOf(kinds.map((kind) => this.ofKind(kind, place, schema)));
  }

  private $ref({ path }: Place, { $ref }: Keywords): string {
    const target = typeof $ref === 'string' ? this.find($ref) : undefined;
    if (typeof $ref !== 'string' || target === undefined)
      throw cannotHold(path, '$ref', `${JSON.stringify($ref)} is not a place in the schema`);
    const known = this.referred.get($ref);
    if (known !== undefined) return known;
    const name = this.name('""');
    this.referred.set($ref, name);
    const rule = this.value({ schema: target, path: `${this.root.path}${$ref.slice(1)}` });
    if (this.leadsTo(rule, name)) throw cannotHold(path, '$ref', 'it leads back to itself and nowhere else');
    this.rules.set(name, rule);
    return name;
  }

  /** Whether a rule is only another name for `name`. */
  private leadsTo(rule: string, name: string): boolean {
    for (let at: string | undefined = rule; at !== undefined; at = this.rules.get(at))
      if (at === name) return true;
    return false;
  }

  private readonly find = (pointer: string): unknown => {
    const [start, ...steps] = pointer.split('/');
    if (start !== '#') return undefined;
    let at = this.root.schema;
    for (const step of steps) {
      const key = decoded(step).replace(/~1/g, '/').replace(/~0/g, '~');
      at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined;
    }
    return at;
  };

  private const({ path }: Place, schema: Keywords): string {
    return this.enum({ schema, path }, { ...schema, enum: [schema.const] });
  }

  private enum({ path }: Place, schema: Keywords): string {
    const { enum: values, type } = schema;
    if (!Array.isArray(values)) throw notASchema(`${path}.enum`, 'must be a list');
    const kinds = type === undefined ? undefined : kindsOf({ schema, path }, schema);
    const fitting = values.filter((value) => kinds?.some((kind) => isOfKind(value, kind)) ?? true);
    if (fitting.length === 0) throw notASchema(`${path}.enum`, 'has no value of its type');
    return anyOf(fitting.map(literalJSON));
  }

  private anyOf({ path }: Place, schema: Keywords): string {
    return this.alternatives(path, 'anyOf', schema.anyOf);
  }

  private oneOf({ path }: Place, { oneOf }: Keywords): string {
    const branches: readonly unknown[] = Array.isArray(oneOf) ? oneOf : [];
    const resolve = (schema: unknown): unknown =>
      isKeywords(schema) && typeof schema.$ref === 'string' ? this.find(schema.$ref) : schema;
    const apart = branches.every((one, at) =>
      branches.slice(at + 1).every((other) => areDisjoint(one, other, resolve)),
    );
    if (!apart) throw cannotHold(path, 'oneOf', 'an answer might fit two of them; "anyOf" allows that');
    return this.alternatives(path, 'oneOf', oneOf);
  }

  private allOf({ path }: Place, { allOf }: Keywords): string {
    if (!Array.isArray(allOf) || allOf.length !== 1)
      throw cannotHold(path, 'allOf', 'unless it has one element');
    return this.alternatives(path, 'allOf', allOf);
  }

  private alternatives(path: string, keyword: string, schemas: unknown): string {
    if (!Array.isArray(schemas) || schemas.length === 0)
      throw notASchema(`${path}.${keyword}`, 'must be a list');
    return anyOf(schemas.map((schema, at) => this.value({ schema, path: `${path}.${keyword}[${at}]` })));
  }

  private ofKind(kind: Kind, place: Place, schema: Keywords): string {
    if (kind === 'object') return objectRule(place, schema, this);
    if (kind === 'array') return this.arrayRule(place, schema);
    if (kind === 'string') return stringRule(place, schema);
    if (kind === 'number' || kind === 'integer') return numberRule(place, schema, kind === 'integer');
    return kind;
  }

  private arrayRule(place: Place, schema: Keywords): string {
    const { path } = place;
    const { items = true, prefixItems = [] } = schema;
    const least = countOf(place, schema, 'minItems') ?? 0;
    const most = countOf(place, schema, 'maxItems');
    if (most !== undefined && most < least) throw cannotHold(path, 'maxItems', 'it is below minItems');
    if (!Array.isArray(prefixItems)) throw notASchema(`${path}.prefixItems`, 'must be a list');
    if (Array.isArray(items)) throw cannotHold(path, 'items', 'as a list; since 2020 that is "prefixItems"');
    if (prefixItems.length === 0) {
      if (most === 0 || (items === false && least === 0)) return '"[]"';
      return `"[" ${list(this.value({ schema: items, path: `${path}.items` }), least, most)} "]"`;
    }
    if (least > prefixItems.length || (most !== undefined && most < prefixItems.length))
      throw cannotHold(
        path,
        most === undefined ? 'minItems' : 'maxItems',
        'beside "prefixItems" of another length',
      );
    const first = prefixItems.map((schema, at) => this.value({ schema, path: `${path}.prefixItems[${at}]` }));
    return `"[" ${first.join(' comma ')} "]"`;
  }
}

/** In the order of precedence: what they say of a value is all that is read. */
const COMBINING = ['$ref', 'const', 'enum', 'anyOf', 'oneOf', 'allOf'] as const;

/** A step of a pointer, in which signs may be written as in a URL; as it is where they are not. */
function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}

function isOfKind(value: unknown, kind: Kind): boolean {
  if (kind === 'null') return value === null;
  if (kind === 'array') return Array.isArray(value);
  if (kind === 'integer') return Number.isInteger(value);
  if (kind === 'object') return isKeywords(value);
  return typeof value === kind;
}
