"""OpenAI's own library against the gateway."""

import asyncio

from openai import AsyncOpenAI, OpenAI
from pydantic import BaseModel

from told import CITY, ERRORS, IMAGE, URL, failure, print_told, told

options = {"base_url": f"{URL}/v1", "api_key": "any", "max_retries": 0}
client = OpenAI(**options)
messages = [{"role": "user", "content": "Hello"}]
tools = [{"type": "function", "function": {"name": "weather", "parameters": CITY}}]


def read(model, said, **more):
    for chunk in client.chat.completions.create(model=model, messages=messages, stream=True, **more):
        if chunk.usage:
            told["usage"] = chunk.usage.total_tokens
        said.extend(choice.delta.content for choice in chunk.choices if choice.delta.content)
    return said


class Place(BaseModel):
    city: str


told["whole"] = client.chat.completions.create(model="hello", messages=messages).choices[0].message.content
told["streamed"] = read("hello", [], stream_options={"include_usage": True})

with client.chat.completions.stream(model="tools", messages=messages, tools=tools) as stream:
    answer = stream.get_final_completion().choices[0].message
call = answer.tool_calls[0]
told["call"] = [call.id, call.function.name, call.function.arguments]
result = {"role": "tool", "tool_call_id": call.id, "content": "Snow"}
client.chat.completions.create(model="result", messages=[*messages, answer, result], tools=tools)

told["parsed"] = client.chat.completions.parse(
    model="json", messages=messages, response_format=Place
).choices[0].message.parsed.city

picture = {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{IMAGE}"}}
client.chat.completions.create(model="image", messages=[{"role": "user", "content": [picture]}])

told["errors"] = [
    [
        failure(lambda: client.chat.completions.create(model=f"fail:{code}", messages=messages)),
        failure(lambda: read(f"fail:{code}", [])),
    ]
    for code in ERRORS
]
said = []
told["middle"] = [failure(lambda: read("half", said)), said]

with client.chat.completions.create(model="endless", messages=messages, stream=True) as stream:
    told["left"] = next(c.choices[0].delta.content for c in stream if c.choices[0].delta.content)

with client.responses.stream(model="hello", input="Hello") as stream:
    told["response"] = stream.get_final_response().output_text
told["models"] = [model.id for model in client.models.list()]
vectors = client.embeddings.create(model="hello", input=["a", "b"]).data
told["vectors"] = [vector.embedding for vector in vectors]


async def cancelled():
    """A task that is cancelled closes its stream."""

    async def reading():
        stream = await AsyncOpenAI(**options).chat.completions.create(
            model="endless", messages=messages, stream=True
        )
        async for chunk in stream:
            if chunk.choices[0].delta.content:
                begun.set_result(chunk.choices[0].delta.content)

    begun = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(reading())
    said = await begun
    task.cancel()
    await asyncio.wait([task])
    return said


told["cancelled"] = asyncio.run(cancelled())
print_told()
