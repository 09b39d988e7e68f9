"""Anthropic's own library against the gateway."""

from anthropic import Anthropic

from told import CITY, ERRORS, IMAGE, URL, failure, print_told, told

client = Anthropic(base_url=URL, api_key="any", max_retries=0)
messages = [{"role": "user", "content": "Hello"}]
tools = [{"name": "weather", "input_schema": CITY}]


def create(model, content="Hello", **more):
    messages = [{"role": "user", "content": content}]
    return client.messages.create(model=model, max_tokens=99, messages=messages, **more)


def read(model, said, **more):
    with client.messages.stream(model=model, max_tokens=99, messages=messages, **more) as stream:
        said.extend(stream.text_stream)
        return stream.get_final_message()


whole = create("hello", system="Be brief.")
told["whole"] = whole.content[0].text
told["usage"] = [whole.usage.input_tokens, whole.usage.cache_read_input_tokens, whole.usage.output_tokens]
told["streamed"] = []
told["stop"] = read("hello", told["streamed"]).stop_reason

message = read("tools", [], tools=tools)
call = message.content[-1]
told["call"] = [call.id, call.name, call.input, message.stop_reason]
client.messages.create(
    model="result",
    max_tokens=99,
    tools=tools,
    messages=[
        *messages,
        {"role": "assistant", "content": message.content},
        {"role": "user", "content": [{"type": "tool_result", "tool_use_id": call.id, "content": "Snow"}]},
    ],
)
create("image", [{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": IMAGE}}])
create("json", output_config={"format": {"type": "json_schema", "schema": CITY}})

told["errors"] = [
    [failure(lambda: create(f"fail:{code}")), failure(lambda: read(f"fail:{code}", []))] for code in ERRORS
]
said = []
told["middle"] = [failure(lambda: read("half", said)), said]

with client.messages.stream(model="endless", max_tokens=99, messages=messages) as stream:
    told["left"] = next(stream.text_stream)

told["models"] = [model.id for model in client.models.list()]
told["counted"] = client.messages.count_tokens(model="hello", messages=messages).input_tokens > 0
print_told()
