using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace TopicGrpc.Server.OpenApi;

/// <summary>Schemas of scalar fields and of the well-known types in the JSON form of Protobuf.</summary>
internal static class ScalarSchema
{
    /// <summary>Returns the schema of a scalar type.</summary>
    public static JsonObject Of(FieldType type) => type switch
    {
        FieldType.String => new JsonObject { ["type"] = "string" },
        FieldType.Bool => new JsonObject { ["type"] = "boolean" },
        FieldType.Bytes => new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64" },
        FieldType.Double => new JsonObject { ["type"] = "number", ["format"] = "double" },
        FieldType.Float => new JsonObject { ["type"] = "number", ["format"] = "float" },
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => new JsonObject { ["type"] = "integer", ["format"] = "int32" },
        FieldType.UInt32 or FieldType.Fixed32 => new JsonObject { ["type"] = "integer", ["format"] = "int64", ["minimum"] = 0 },

        // A string, because JavaScript's numbers are exact up to 53 bits only. The server also accepts a number.
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => new JsonObject { ["type"] = "string", ["format"] = "int64" },
        FieldType.UInt64 or FieldType.Fixed64 => new JsonObject { ["type"] = "string", ["format"] = "uint64" },
        _ => throw new InvalidOperationException($"{type} is no scalar."),
    };

    /// <summary>Returns the schema of a type that has its own JSON form.</summary>
    /// <returns>Null for other messages.</returns>
    public static JsonObject? OfWellKnown(MessageDescriptor message) => message.FullName switch
    {
        "google.protobuf.Timestamp" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        "google.protobuf.Duration" => new JsonObject { ["type"] = "string", ["pattern"] = @"^-?[0-9]+(\.[0-9]{1,9})?s$" },
        "google.protobuf.Any" => new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["@type"] = new JsonObject { ["type"] = "string" } },
            ["required"] = new JsonArray("@type"),
            ["additionalProperties"] = true,
        },
        _ => null,
    };
}
