using Google.Protobuf.Reflection;
using Microsoft.Extensions.Primitives;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.Http;

/// <summary>Checks the variables of the path and the query parameters of a JSON call. The transcoder ignores unknown parameters.</summary>
internal static class JsonQueryCheck
{
    /// <summary>Checks a request.</summary>
    /// <exception cref="ServiceException">Names every parameter that is unknown or has a wrong value.</exception>
    public static void Check(HttpRequest request, JsonBinding binding)
    {
        ViolationList violations = new();
        foreach ((string path, FieldDescriptor field) in binding.PathFields)
        {
            if (request.RouteValues.TryGetValue(path, out object? value)
                && ScalarText.Problem(field, value as string ?? string.Empty) is { } problem)
            {
                violations.Add(path, problem);
            }
        }

        foreach ((string name, StringValues values) in request.Query)
        {
            if (Problem(binding, name, values) is { } violation)
            {
                violations.Add(violation);
            }
        }

        Fault.ThrowIfAny(violations);
    }

    private static Violation? Problem(JsonBinding binding, string name, StringValues values)
    {
        if (binding.HasBody)
        {
            return new Violation(ViolationList.Quote(name), "is a query parameter, but the fields of this method belong into the body");
        }

        if (MessageFields.Resolve(binding.Method.InputType, name) is not { } fields)
        {
            return new Violation(ViolationList.Quote(name), $"is not a field of {binding.Method.InputType.Name}");
        }

        FieldDescriptor field = fields[^1];
        string path = MessageFields.PathOf(fields);
        if (binding.PathFields.ContainsKey(path))
        {
            return new Violation(path, "is set by the path of the URL and must not be a query parameter");
        }

        if (field.FieldType == FieldType.Message)
        {
            string first = field.MessageType.Fields.InFieldNumberOrder()[0].JsonName;
            return new Violation(path, $"is a message: give its fields, such as {path}.{first}");
        }

        if (values.Count > 1 && !field.IsRepeated)
        {
            return new Violation(path, "is given more than once");
        }

        foreach (string? value in values)
        {
            if (ScalarText.Problem(field, value ?? string.Empty) is { } problem)
            {
                return new Violation(path, problem);
            }
        }

        return null;
    }
}
