// A circuit breaker through its life, on a clock of the test's own.
import { describe, expect, it } from 'vitest';
import { createCircuit } from '../../src/memory/circuit.ts';

const circuitAt = () => {
  const clock = { now: 1000 };
  const circuit = createCircuit(() => clock.now);
  const fail = (times = 1): void => {
    for (let time = 0; time < times; time++) {
      circuit.begun();
      circuit.failed();
    }
  };
  return { clock, circuit, fail };
};

describe('a circuit', () => {
  it('opens at the fifth failure in a row, and not for failures with a success between them', () => {
    const { circuit, fail } = circuitAt();
    fail(4);
    circuit.succeeded();
    fail(4);
    expect(circuit.state()).toBe('closed');
    expect(circuit.isResting()).toBe(false);
    fail();
    expect(circuit.state()).toBe('open');
    expect(circuit.openUntil()).toBe(6000);
    expect(circuit.isResting()).toBe(true);
  });

  it('lets one probe through after its rest, and no other beside it', () => {
    const { clock, circuit, fail } = circuitAt();
    fail(5);
    clock.now = 6000;
    expect(circuit.state()).toBe('half-open');
    expect(circuit.isResting()).toBe(false);
    expect(circuit.begun()).toBe(true);
    expect(circuit.isResting()).toBe(true);
    // Asked as a last resort.
    expect(circuit.begun()).toBe(false);
    circuit.succeeded();
    expect(circuit.state()).toBe('closed');
    expect(circuit.isResting()).toBe(false);
  });

  it('rests twice as long after each probe that fails, at most two minutes; a success forgets all that', () => {
    const { clock, circuit, fail } = circuitAt();
    fail(5);
    const rests = Array.from({ length: 7 }, () => {
      clock.now = circuit.openUntil() ?? 0;
      fail();
      return (circuit.openUntil() ?? 0) - clock.now;
    });
    expect(rests).toEqual([10_000, 20_000, 40_000, 80_000, 120_000, 120_000, 120_000]);
    circuit.succeeded();
    fail(5);
    expect((circuit.openUntil() ?? 0) - clock.now).toBe(5000);
  });

  it('a probe whose reader left makes room for the next', () => {
    const { clock, circuit, fail } = circuitAt();
    fail(5);
    clock.now = 6000;
    circuit.begun();
    circuit.left();
    expect(circuit.state()).toBe('half-open');
    expect(circuit.isResting()).toBe(false);
  });

  it('a probe that begins to answer lets others in; breaking off closes the door again', () => {
    const { clock, circuit, fail } = circuitAt();
    fail(5);
    clock.now = 6000;
    circuit.begun();
    circuit.spoke();
    expect(circuit.state()).toBe('closed');
    circuit.failed();
    expect(circuit.state()).toBe('open');
    expect((circuit.openUntil() ?? 0) - clock.now).toBe(10_000);
  });
});
