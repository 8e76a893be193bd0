using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf.Reflection;

namespace TopicGrpc.Server.Http;

/// <summary>How one HTTP rule of the contract fills a request: which fields the path sets, and whether the body is the request.</summary>
internal sealed partial class JsonBinding
{
    private JsonBinding(MethodDescriptor method, FrozenDictionary<string, FieldDescriptor> pathFields, bool hasBody)
    {
        Method = method;
        PathFields = pathFields;
        HasBody = hasBody;
    }

    /// <summary>The method.</summary>
    public MethodDescriptor Method { get; }

    /// <summary>The fields that the path sets, by their path in the request: <c>selector.model</c>.</summary>
    public FrozenDictionary<string, FieldDescriptor> PathFields { get; }

    /// <summary>Whether the body is the request message. If not, the query has the fields that the path does not set.</summary>
    public bool HasBody { get; }

    /// <summary>Reads a rule.</summary>
    /// <exception cref="InvalidOperationException">The body of the rule is a single field, or a variable is no field.</exception>
    public static JsonBinding Of(MethodDescriptor method, HttpRule rule)
    {
        if (rule.Body is not ("" or "*"))
        {
            throw new InvalidOperationException(
                $"The HTTP rule of {method.FullName} has the body '{rule.Body}': it must be '*' or absent.");
        }

        Dictionary<string, FieldDescriptor> fields = new(StringComparer.Ordinal);
        foreach (Match variable in Variable().Matches(PatternOf(rule)))
        {
            string path = variable.Groups[1].Value;
            fields[path] = MessageFields.Resolve(method.InputType, path)?[^1]
                ?? throw new InvalidOperationException($"The HTTP rule of {method.FullName} has the variable '{path}', which is no field.");
        }

        return new JsonBinding(method, fields.ToFrozenDictionary(StringComparer.Ordinal), rule.Body.Length > 0);
    }

    /// <summary>Returns the path template of a rule.</summary>
    public static string PatternOf(HttpRule rule) => rule.PatternCase switch
    {
        HttpRule.PatternOneofCase.Get => rule.Get,
        HttpRule.PatternOneofCase.Post => rule.Post,
        HttpRule.PatternOneofCase.Delete => rule.Delete,
        HttpRule.PatternOneofCase.Put => rule.Put,
        HttpRule.PatternOneofCase.Patch => rule.Patch,
        _ => throw new InvalidOperationException($"The HTTP verb {rule.PatternCase} is not supported."),
    };

    [GeneratedRegex(@"\{([a-z_][a-z0-9_.]*)(?:=[^}]*)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
