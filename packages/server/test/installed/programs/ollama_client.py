"""Ollama's own library against the gateway."""

from ollama import Client

from told import CITY, ERRORS, IMAGE, URL, failure, print_told, told

client = Client(host=URL)
messages = [{"role": "user", "content": "Hello"}]
tools = [{"type": "function", "function": {"name": "weather", "parameters": CITY}}]


def read(model, said, **more):
    for part in client.chat(model=model, messages=messages, stream=True, **more):
        if part.message.content:
            said.append(part.message.content)
    return part


told["whole"] = client.chat(model="hello:latest", messages=messages).message.content
told["streamed"] = []
last = read("hello", told["streamed"])
told["usage"] = [last.prompt_eval_count, last.eval_count, last.done_reason]

answer = client.chat(model="tools", messages=messages, tools=tools).message
call = answer.tool_calls[0].function
told["call"] = [call.name, call.arguments]
client.chat(
    model="result", messages=[*messages, answer, {"role": "tool", "tool_name": call.name, "content": "Snow"}]
)
client.chat(model="image", messages=[{**messages[0], "images": [IMAGE]}])
client.chat(model="json", messages=messages, format=CITY)

told["errors"] = [
    [
        failure(lambda: client.chat(model=f"fail:{code}", messages=messages)),
        failure(lambda: read(f"fail:{code}", [])),
    ]
    for code in ERRORS
]
said = []
told["middle"] = [failure(lambda: read("half", said)), said]

stream = client.chat(model="endless", messages=messages, stream=True)
told["left"] = next(part.message.content for part in stream if part.message.content)
stream.close()

told["models"] = [model.model for model in client.list().models]
told["vectors"] = client.embed(model="hello", input=["a", "b"]).embeddings
print_told()
