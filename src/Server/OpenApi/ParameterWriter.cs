using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using TopicGrpc.Server.Http;
using TopicGrpc.V1;

namespace TopicGrpc.Server.OpenApi;

/// <summary>Writes the variables of a path and the query parameters of a method without a body.</summary>
internal sealed class ParameterWriter(SchemaWriter schemas)
{
    /// <summary>Returns the parameters of a method.</summary>
    public JsonArray Of(MethodDescriptor method, PathTemplate path, bool hasBody)
    {
        JsonArray parameters = [];
        foreach (PathVariable variable in path.Variables)
        {
            parameters.Add(OfPath(method, variable));
        }

        if (!hasBody)
        {
            AddQuery(parameters, method.InputType, [], [.. path.Variables.Select(static variable => variable.Field)]);
        }

        return parameters;
    }

    private JsonObject OfPath(MethodDescriptor method, PathVariable variable)
    {
        FieldDescriptor field = MessageFields.Resolve(method.InputType, variable.Field)![^1];
        JsonObject schema = schemas.Of(field, isRequest: true);
        JsonNode? description = schema["description"]?.DeepClone();
        schema.Remove("description");
        if (variable.Segment is { } segment)
        {
            schema = new JsonObject { ["type"] = "string" };
            description = $"Part of `{field.Name}`: the {variable.Name} of the resource name.";
            if (PatternOf(field, segment) is { } pattern)
            {
                schema["pattern"] = $"^(?:{pattern})$";
            }
        }

        return new JsonObject
        {
            ["name"] = variable.Name,
            ["in"] = "path",
            ["required"] = true,
            ["description"] = description,
            ["schema"] = schema,
        };
    }

    private void AddQuery(JsonArray parameters, MessageDescriptor message, FieldDescriptor[] parents, string[] pathFields)
    {
        foreach (FieldDescriptor field in message.Fields.InFieldNumberOrder())
        {
            FieldDescriptor[] fields = [.. parents, field];
            if (pathFields.Contains(MessageFields.PathOf(fields)))
            {
                continue;
            }

            if (field.FieldType == FieldType.Message)
            {
                AddQuery(parameters, field.MessageType, fields, pathFields);
                continue;
            }

            JsonObject schema = schemas.Of(field, isRequest: true);
            JsonNode? description = schema["description"]?.DeepClone();
            schema.Remove("description");
            parameters.Add(new JsonObject
            {
                ["name"] = string.Join('.', fields.Select(static part => part.JsonName)),
                ["in"] = "query",
                ["description"] = description,
                ["schema"] = schema,
            });
        }
    }

    /// <summary>Returns the part of a resource name's pattern that one segment must match.</summary>
    private static string? PatternOf(FieldDescriptor field, int segment)
    {
        string[]? segments = field.GetOptions()?.GetExtension(LimitsExtensions.Limits)?.Pattern.Split('/');
        return segments is not null && segment < segments.Length ? segments[segment] : null;
    }
}
