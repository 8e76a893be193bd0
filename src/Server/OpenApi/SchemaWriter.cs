using System.Text.Json.Nodes;
using Google.Api;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using TopicGrpc.V1;

namespace TopicGrpc.Server.OpenApi;

/// <summary>Writes JSON schemas of messages, in the JSON form of Protobuf, with the limits of the contract.</summary>
internal sealed class SchemaWriter
{
    private const string Reference = "#/components/schemas/";

    private readonly SortedDictionary<string, JsonObject> _schemas = new(StringComparer.Ordinal);

    /// <summary>Schemas that were referenced so far, by name.</summary>
    public JsonObject Schemas()
    {
        JsonObject schemas = [];
        foreach ((string name, JsonObject schema) in _schemas)
        {
            schemas[name] = schema.DeepClone();
        }

        return schemas;
    }

    /// <summary>Returns a reference to the schema of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="isRequest">Whether the server rejects fields that it does not know.</param>
    public JsonObject RefTo(MessageDescriptor message, bool isRequest)
    {
        string name = NameOf(message);
        if (!_schemas.TryGetValue(name, out JsonObject? schema))
        {
            // Registered first, because messages may contain themselves.
            schema = [];
            _schemas[name] = schema;
            Fill(schema, message, isRequest, []);
        }

        if (isRequest && !schema.ContainsKey("additionalProperties"))
        {
            Close(message);
        }

        return new JsonObject { ["$ref"] = Reference + name };
    }

    /// <summary>Returns the schema of a request body: the message without the fields that the path sets.</summary>
    public JsonObject BodyOf(MessageDescriptor message, IReadOnlyCollection<string> pathFields)
    {
        JsonObject schema = [];
        Fill(schema, message, isRequest: true, pathFields);
        return schema;
    }

    /// <summary>Returns the schema of a field.</summary>
    public JsonObject Of(FieldDescriptor field, bool isRequest)
    {
        FieldLimits? limits = field.GetOptions()?.GetExtension(LimitsExtensions.Limits);
        JsonObject schema;
        if (field.IsMap)
        {
            FieldDescriptor value = field.MessageType.FindFieldByNumber(2);
            schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = OfElement(value, limits?.Items, isRequest) };
            LimitWriter.AddCounts(schema, limits, "minProperties", "maxProperties");
        }
        else if (field.IsRepeated)
        {
            schema = new JsonObject { ["type"] = "array", ["items"] = OfElement(field, limits?.Items, isRequest) };
            LimitWriter.AddCounts(schema, limits, "minItems", "maxItems");
        }
        else
        {
            schema = OfElement(field, limits, isRequest);
        }

        string comment = ContractDescription.CommentOf(field);
        if (comment.Length > 0)
        {
            schema["description"] = comment;
        }

        if (Behaviors(field).Contains(FieldBehavior.OutputOnly))
        {
            schema["readOnly"] = true;
        }

        return schema;
    }

    private void Fill(JsonObject schema, MessageDescriptor message, bool isRequest, IReadOnlyCollection<string> pathFields)
    {
        JsonObject properties = [];
        JsonArray required = [];
        foreach (FieldDescriptor field in message.Fields.InFieldNumberOrder())
        {
            if (pathFields.Contains(field.Name))
            {
                continue;
            }

            string prefix = field.Name + ".";
            string[] nested =
            [
                .. pathFields
                    .Where(path => path.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(path => path[prefix.Length..]),
            ];
            properties[field.JsonName] = nested.Length > 0 ? BodyOf(field.MessageType, nested) : Of(field, isRequest);
            if (nested.Length == 0 && Behaviors(field).Contains(FieldBehavior.Required))
            {
                required.Add(field.JsonName);
            }
        }

        schema["type"] = "object";
        string comment = ContractDescription.CommentOf(message);
        if (comment.Length > 0)
        {
            schema["description"] = comment;
        }

        schema["properties"] = properties;
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        if (isRequest)
        {
            schema["additionalProperties"] = false;
        }
    }

    /// <summary>A message was written as part of a response and is part of a request too.</summary>
    private void Close(MessageDescriptor message)
    {
        _schemas[NameOf(message)]["additionalProperties"] = false;
        foreach (FieldDescriptor field in message.Fields.InFieldNumberOrder())
        {
            Of(field, isRequest: true);
        }
    }

    private JsonObject OfElement(FieldDescriptor field, FieldLimits? limits, bool isRequest)
    {
        JsonObject schema = field.FieldType switch
        {
            FieldType.Message => OfMessage(field.MessageType, isRequest),
            FieldType.Enum => RefTo(field.EnumType),
            _ => ScalarSchema.Of(field.FieldType),
        };
        LimitWriter.Add(schema, field.FieldType, limits);
        return schema;
    }

    private JsonObject OfMessage(MessageDescriptor message, bool isRequest) =>
        ScalarSchema.OfWellKnown(message) ?? RefTo(message, isRequest);

    private JsonObject RefTo(EnumDescriptor type)
    {
        string name = NameOf(type);
        if (!_schemas.ContainsKey(name))
        {
            IEnumerable<string> lines = type.Values.Select(static value => $"- `{value.Name}`: {ContractDescription.CommentOf(value)}");
            _schemas[name] = new JsonObject
            {
                ["type"] = "string",
                ["description"] = ContractDescription.CommentOf(type) + "\n\n" + string.Join('\n', lines),
                ["enum"] = new JsonArray([.. type.Values.Select(static value => (JsonNode)value.Name)]),
            };
        }

        return new JsonObject { ["$ref"] = Reference + name };
    }

    private static RepeatedField<FieldBehavior> Behaviors(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior) is { } behaviors ? behaviors : [];

    // Nested names are unique with their outer names: IngestDocumentsResponse.Ack.
    private static string NameOf(IDescriptor descriptor) => descriptor.FullName[(descriptor.File.Package.Length + 1)..];
}
