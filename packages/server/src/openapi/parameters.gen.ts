// Generated from the schemas of @g4f/client by scripts/generate-registry; do not edit.

/** The parameters of each method as JSON Schema. */
export const PARAMETERS: Readonly<Record<string, object>> = {
  "Chat": {
    "type": "object",
    "properties": {
      "model": {
        "type": "string",
        "minLength": 1
      },
      "messages": {
        "anyOf": [
          {
            "type": "string",
            "minLength": 1
          },
          {
            "minItems": 1,
            "type": "array",
            "items": {
              "oneOf": [
                {
                  "type": "object",
                  "properties": {
                    "role": {
                      "type": "string",
                      "enum": [
                        "system",
                        "developer",
                        "user"
                      ]
                    },
                    "content": {
                      "anyOf": [
                        {
                          "type": "string"
                        },
                        {
                          "type": "array",
                          "items": {
                            "type": "object",
                            "properties": {
                              "type": {
                                "type": "string",
                                "minLength": 1
                              }
                            },
                            "required": [
                              "type"
                            ],
                            "additionalProperties": true
                          }
                        }
                      ]
                    },
                    "name": {
                      "type": [
                        "string",
                        "null"
                      ]
                    }
                  },
                  "required": [
                    "role",
                    "content"
                  ],
                  "additionalProperties": true
                },
                {
                  "type": "object",
                  "properties": {
                    "role": {
                      "type": "string",
                      "const": "assistant"
                    },
                    "content": {
                      "anyOf": [
                        {
                          "anyOf": [
                            {
                              "type": "string"
                            },
                            {
                              "type": "array",
                              "items": {
                                "type": "object",
                                "properties": {
                                  "type": {
                                    "type": "string",
                                    "minLength": 1
                                  }
                                },
                                "required": [
                                  "type"
                                ],
                                "additionalProperties": true
                              }
                            }
                          ]
                        },
                        {
                          "type": "null"
                        }
                      ]
                    },
                    "name": {
                      "type": [
                        "string",
                        "null"
                      ]
                    },
                    "refusal": {
                      "type": [
                        "string",
                        "null"
                      ]
                    },
                    "reasoning": {
                      "type": [
                        "string",
                        "null"
                      ]
                    },
                    "reasoning_details": {
                      "anyOf": [
                        {
                          "type": "array",
                          "items": {
                            "type": "object",
                            "properties": {},
                            "additionalProperties": true
                          }
                        },
                        {
                          "type": "null"
                        }
                      ]
                    },
                    "tool_calls": {
                      "anyOf": [
                        {
                          "type": "array",
                          "items": {
                            "type": "object",
                            "properties": {
                              "id": {
                                "type": "string",
                                "minLength": 1
                              },
                              "function": {
                                "type": "object",
                                "properties": {
                                  "name": {
                                    "type": "string",
                                    "minLength": 1
                                  },
                                  "arguments": {
                                    "type": "string"
                                  }
                                },
                                "required": [
                                  "name",
                                  "arguments"
                                ],
                                "additionalProperties": true
                              }
                            },
                            "required": [
                              "id",
                              "function"
                            ],
                            "additionalProperties": true
                          }
                        },
                        {
                          "type": "null"
                        }
                      ]
                    }
                  },
                  "required": [
                    "role"
                  ],
                  "additionalProperties": true
                },
                {
                  "type": "object",
                  "properties": {
                    "role": {
                      "type": "string",
                      "const": "tool"
                    },
                    "content": {
                      "anyOf": [
                        {
                          "type": "string"
                        },
                        {
                          "type": "array",
                          "items": {
                            "type": "object",
                            "properties": {
                              "type": {
                                "type": "string",
                                "minLength": 1
                              }
                            },
                            "required": [
                              "type"
                            ],
                            "additionalProperties": true
                          }
                        }
                      ]
                    },
                    "tool_call_id": {
                      "type": "string",
                      "minLength": 1
                    }
                  },
                  "required": [
                    "role",
                    "content",
                    "tool_call_id"
                  ],
                  "additionalProperties": true
                }
              ]
            }
          }
        ]
      },
      "stream": {
        "type": [
          "boolean",
          "null"
        ]
      },
      "temperature": {
        "type": [
          "number",
          "null"
        ]
      },
      "top_p": {
        "type": [
          "number",
          "null"
        ]
      },
      "n": {
        "anyOf": [
          {
            "type": "integer",
            "minimum": 1,
            "maximum": 9007199254740991
          },
          {
            "type": "null"
          }
        ]
      },
      "max_tokens": {
        "type": [
          "number",
          "null"
        ]
      },
      "max_completion_tokens": {
        "type": [
          "number",
          "null"
        ]
      },
      "seed": {
        "type": [
          "number",
          "null"
        ]
      },
      "presence_penalty": {
        "type": [
          "number",
          "null"
        ]
      },
      "frequency_penalty": {
        "type": [
          "number",
          "null"
        ]
      },
      "stop": {
        "anyOf": [
          {
            "anyOf": [
              {
                "type": "string"
              },
              {
                "type": "array",
                "items": {
                  "type": "string",
                  "minLength": 1
                }
              }
            ]
          },
          {
            "type": "null"
          }
        ]
      },
      "tools": {
        "anyOf": [
          {
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "type": {
                  "anyOf": [
                    {
                      "type": "string",
                      "minLength": 1
                    },
                    {
                      "type": "null"
                    }
                  ]
                }
              },
              "additionalProperties": true
            }
          },
          {
            "type": "null"
          }
        ]
      },
      "tool_choice": {
        "anyOf": [
          {
            "anyOf": [
              {
                "type": "string",
                "minLength": 1
              },
              {
                "type": "object",
                "properties": {
                  "type": {
                    "type": "string",
                    "minLength": 1
                  }
                },
                "required": [
                  "type"
                ],
                "additionalProperties": true
              }
            ]
          },
          {
            "type": "null"
          }
        ]
      },
      "response_format": {
        "anyOf": [
          {
            "type": "object",
            "properties": {
              "type": {
                "type": "string",
                "minLength": 1
              }
            },
            "required": [
              "type"
            ],
            "additionalProperties": true
          },
          {
            "type": "null"
          }
        ]
      },
      "parallel_tool_calls": {
        "type": [
          "boolean",
          "null"
        ]
      },
      "logprobs": {
        "type": [
          "boolean",
          "null"
        ]
      },
      "top_logprobs": {
        "type": [
          "number",
          "null"
        ]
      },
      "reasoning_effort": {
        "type": [
          "string",
          "null"
        ]
      },
      "user": {
        "type": [
          "string",
          "null"
        ]
      },
      "stream_options": {
        "anyOf": [
          {
            "type": "object",
            "properties": {
              "include_usage": {
                "type": [
                  "boolean",
                  "null"
                ]
              }
            },
            "additionalProperties": true
          },
          {
            "type": "null"
          }
        ]
      },
      "logit_bias": {
        "anyOf": [
          {
            "type": "object",
            "properties": {},
            "additionalProperties": true
          },
          {
            "type": "null"
          }
        ]
      },
      "metadata": {
        "anyOf": [
          {
            "type": "object",
            "properties": {},
            "additionalProperties": true
          },
          {
            "type": "null"
          }
        ]
      },
      "modalities": {
        "anyOf": [
          {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          {
            "type": "null"
          }
        ]
      }
    },
    "required": [
      "model",
      "messages"
    ],
    "additionalProperties": true
  },
  "Response": {
    "type": "object",
    "properties": {
      "model": {
        "type": "string",
        "minLength": 1
      },
      "input": {
        "anyOf": [
          {
            "type": "string",
            "minLength": 1
          },
          {
            "minItems": 1,
            "type": "array",
            "items": {
              "type": "object",
              "properties": {
                "type": {
                  "type": "string",
                  "minLength": 1
                }
              },
              "additionalProperties": true
            }
          }
        ]
      },
      "instructions": {
        "type": "string"
      },
      "stream": {
        "type": "boolean"
      },
      "store": {
        "type": "boolean"
      },
      "background": {
        "type": "boolean"
      },
      "parallel_tool_calls": {
        "type": "boolean"
      },
      "temperature": {
        "type": "number"
      },
      "top_p": {
        "type": "number"
      },
      "top_logprobs": {
        "type": "number"
      },
      "max_output_tokens": {
        "type": "number"
      },
      "max_tool_calls": {
        "type": "number"
      },
      "previous_response_id": {
        "type": "string",
        "minLength": 1
      },
      "include": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "tools": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": {
            "type": {
              "type": "string",
              "minLength": 1
            }
          },
          "required": [
            "type"
          ],
          "additionalProperties": true
        }
      },
      "tool_choice": {
        "anyOf": [
          {
            "type": "string",
            "minLength": 1
          },
          {
            "type": "object",
            "properties": {
              "type": {
                "type": "string",
                "minLength": 1
              }
            },
            "required": [
              "type"
            ],
            "additionalProperties": true
          }
        ]
      },
      "text": {
        "type": "object",
        "properties": {
          "format": {
            "anyOf": [
              {
                "type": "object",
                "properties": {
                  "type": {
                    "type": "string",
                    "minLength": 1
                  }
                },
                "required": [
                  "type"
                ],
                "additionalProperties": true
              },
              {
                "type": "null"
              }
            ]
          }
        },
        "additionalProperties": true
      },
      "reasoning": {
        "type": "object",
        "properties": {},
        "additionalProperties": true
      },
      "metadata": {
        "type": "object",
        "properties": {},
        "additionalProperties": true
      },
      "stream_options": {
        "type": "object",
        "properties": {},
        "additionalProperties": true
      }
    },
    "required": [
      "model"
    ],
    "additionalProperties": true
  },
  "Completion": {
    "type": "object",
    "properties": {
      "model": {
        "type": "string",
        "minLength": 1
      },
      "prompt": {},
      "suffix": {
        "type": "string"
      },
      "max_tokens": {
        "type": "integer",
        "minimum": 0,
        "maximum": 9007199254740991
      },
      "n": {
        "type": "integer",
        "minimum": 1,
        "maximum": 9007199254740991
      },
      "best_of": {
        "type": "integer",
        "minimum": 1,
        "maximum": 9007199254740991
      },
      "temperature": {
        "type": "number"
      },
      "top_p": {
        "type": "number"
      },
      "presence_penalty": {
        "type": "number"
      },
      "frequency_penalty": {
        "type": "number"
      },
      "seed": {
        "type": "integer",
        "minimum": -9007199254740991,
        "maximum": 9007199254740991
      },
      "logprobs": {
        "type": "integer",
        "minimum": 0,
        "maximum": 9007199254740991
      },
      "stop": {
        "anyOf": [
          {
            "type": "string"
          },
          {
            "type": "array",
            "items": {
              "type": "string"
            }
          }
        ]
      },
      "echo": {
        "type": "boolean"
      },
      "stream": {
        "type": "boolean"
      },
      "logit_bias": {
        "type": "object",
        "propertyNames": {
          "type": "string"
        },
        "additionalProperties": true
      },
      "stream_options": {
        "type": "object",
        "properties": {},
        "additionalProperties": true
      },
      "user": {
        "type": "string"
      }
    },
    "required": [
      "model",
      "prompt"
    ],
    "additionalProperties": true
  },
  "Embedding": {
    "type": "object",
    "properties": {
      "model": {
        "type": "string",
        "minLength": 1
      },
      "input": {},
      "dimensions": {
        "anyOf": [
          {
            "type": "integer",
            "minimum": 1,
            "maximum": 9007199254740991
          },
          {
            "type": "null"
          }
        ]
      },
      "encoding_format": {
        "anyOf": [
          {
            "type": "string",
            "enum": [
              "float",
              "base64"
            ]
          },
          {
            "type": "null"
          }
        ]
      },
      "user": {
        "type": [
          "string",
          "null"
        ]
      }
    },
    "required": [
      "model",
      "input"
    ],
    "additionalProperties": true
  },
  "Moderation": {
    "type": "object",
    "properties": {
      "model": {
        "type": "string",
        "minLength": 1
      },
      "input": {}
    },
    "required": [
      "model",
      "input"
    ],
    "additionalProperties": true
  },
  "Image": {
    "type": "object",
    "properties": {
      "model": {
        "type": "string",
        "minLength": 1
      },
      "n": {
        "type": "integer",
        "minimum": 1,
        "maximum": 9007199254740991
      },
      "size": {
        "type": "string"
      },
      "response_format": {
        "type": "string",
        "enum": [
          "url",
          "b64_json"
        ]
      },
      "user": {
        "type": "string"
      },
      "prompt": {
        "type": "string",
        "minLength": 1
      },
      "quality": {
        "type": "string"
      },
      "background": {
        "type": "string"
      },
      "output_format": {
        "type": "string"
      },
      "output_compression": {
        "type": "integer",
        "minimum": 0,
        "maximum": 9007199254740991
      },
      "stream": {
        "type": "boolean"
      },
      "partial_images": {
        "type": "integer",
        "minimum": 0,
        "maximum": 9007199254740991
      }
    },
    "required": [
      "model",
      "prompt"
    ],
    "additionalProperties": true
  },
  "ImageVariation": {
    "type": "object",
    "properties": {
      "model": {
        "type": "string",
        "minLength": 1
      },
      "n": {
        "type": "integer",
        "minimum": 1,
        "maximum": 9007199254740991
      },
      "size": {
        "type": "string"
      },
      "response_format": {
        "type": "string",
        "enum": [
          "url",
          "b64_json"
        ]
      },
      "user": {
        "type": "string"
      }
    },
    "required": [
      "model"
    ],
    "additionalProperties": true
  },
  "Speech": {
    "type": "object",
    "properties": {
      "model": {
        "type": "string",
        "minLength": 1
      },
      "input": {
        "type": "string",
        "minLength": 1
      },
      "voice": {
        "anyOf": [
          {
            "type": "string",
            "minLength": 1
          },
          {
            "type": "object",
            "properties": {
              "id": {
                "type": "string",
                "minLength": 1
              }
            },
            "required": [
              "id"
            ],
            "additionalProperties": true
          }
        ]
      },
      "response_format": {
        "type": "string",
        "minLength": 1
      },
      "speed": {
        "type": "number"
      },
      "instructions": {
        "type": "string"
      },
      "stream_format": {
        "type": "string",
        "const": "audio"
      }
    },
    "required": [
      "model",
      "input"
    ],
    "additionalProperties": true
  },
  "Transcription": {
    "type": "object",
    "properties": {
      "model": {
        "type": "string",
        "minLength": 1
      },
      "file": {},
      "prompt": {
        "type": "string"
      },
      "temperature": {
        "type": "number"
      },
      "response_format": {
        "type": "string",
        "enum": [
          "json",
          "text",
          "srt",
          "verbose_json",
          "vtt",
          "diarized_json"
        ]
      },
      "language": {
        "type": "string",
        "minLength": 1
      },
      "timestamp_granularities": {
        "type": "array",
        "items": {
          "type": "string",
          "enum": [
            "word",
            "segment"
          ]
        }
      },
      "stream": {
        "type": "boolean"
      }
    },
    "required": [
      "model"
    ],
    "additionalProperties": true
  },
  "Translation": {
    "type": "object",
    "properties": {
      "model": {
        "type": "string",
        "minLength": 1
      },
      "file": {},
      "prompt": {
        "type": "string"
      },
      "temperature": {
        "type": "number"
      },
      "response_format": {
        "type": "string",
        "enum": [
          "json",
          "text",
          "srt",
          "verbose_json",
          "vtt"
        ]
      }
    },
    "required": [
      "model"
    ],
    "additionalProperties": true
  }
};
