using System.Text.RegularExpressions;

namespace TopicGrpc.Server.OpenApi;

/// <summary>
/// The path of an HTTP rule as OpenAPI has it: <c>/models/{selector.model=models/*}</c> has one variable per star, named after its
/// collection.
/// </summary>
/// <param name="Text">The path: <c>/api/v1/models/{model}:predict</c>.</param>
/// <param name="Variables">The variables in order.</param>
internal sealed partial record PathTemplate(string Text, IReadOnlyList<PathVariable> Variables)
{
    /// <summary>Parses the path of a rule.</summary>
    public static PathTemplate Parse(string rule)
    {
        List<PathVariable> variables = [];
        string text = Variable().Replace(rule, match =>
        {
            string field = match.Groups["field"].Value;
            if (!match.Groups["pattern"].Success)
            {
                string name = Camel(field);
                variables.Add(new PathVariable(name, field, Segment: null));
                return $"{{{name}}}";
            }

            string[] segments = match.Groups["pattern"].Value.Split('/');
            for (int i = 1; i < segments.Length; i += 2)
            {
                string name = Singular(segments[i - 1]);
                variables.Add(new PathVariable(name, field, Segment: i));
                segments[i] = $"{{{name}}}";
            }

            return string.Join('/', segments);
        });
        return new PathTemplate(text, variables);
    }

    private static string Singular(string collection) => collection switch
    {
        "corpora" => "corpus",
        _ => collection.TrimEnd('s'),
    };

    private static string Camel(string field) =>
        string.Concat(field.Split('_').Select(static (part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));

    [GeneratedRegex(@"\{(?<field>[a-z_][a-z0-9_.]*)(?:=(?<pattern>[^}]*))?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}

/// <summary>One variable of a path.</summary>
/// <param name="Name">Its name in the document.</param>
/// <param name="Field">Path of the field that it sets, or of which it sets a part.</param>
/// <param name="Segment">Index of the segment of the resource name that it is; null: the whole value.</param>
internal sealed record PathVariable(string Name, string Field, int? Segment);
