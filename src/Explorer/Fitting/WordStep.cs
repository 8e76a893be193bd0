using System.Text.Json.Nodes;

namespace TopicGrpc.Explorer.Fitting;

/// <summary>A step of a chain: a method and its parameters. An empty parameter has its default.</summary>
/// <param name="method">The method.</param>
public sealed class WordStep(WordMethod method)
{
    /// <summary>The method.</summary>
    public WordMethod Method => method;

    /// <summary>Parameters by the path of their field.</summary>
    public IDictionary<string, string> Values { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Returns the step with the keys of a settings file.</summary>
    public JsonNode ToNode()
    {
        JsonObject parameters = [];
        foreach (SettingField field in method.Fields)
        {
            if (Values.TryGetValue(field.Path, out string? given) && given.Trim() is { Length: > 0 } text)
            {
                parameters[field.Name] = SettingValue.Parse(field, text);
            }
        }

        return new JsonObject { [method.Name] = parameters };
    }
}
