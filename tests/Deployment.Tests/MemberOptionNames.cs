using System.Text.RegularExpressions;
using TopicGrpc.Testing;

namespace TopicGrpc.Deployment.Tests;

/// <summary>The options of section <c>Cluster</c> as environment variables.</summary>
internal static partial class MemberOptionNames
{
    /// <summary>Returns the variables of the section whose last part is no property of an options class.</summary>
    public static IEnumerable<string> Unknown(IEnumerable<string> variables)
    {
        HashSet<string> properties =
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Checkout.Root, "src"), "*Options.cs", SearchOption.AllDirectories)
                .SelectMany(static file => Property().Matches(File.ReadAllText(file)))
                .Select(static match => match.Groups[1].Value),
        ];
        return variables
            .Where(static name => name.StartsWith("Cluster__", StringComparison.Ordinal))
            .Where(name => !properties.Contains(name.Split("__")[^1]));
    }

    [GeneratedRegex(@"public [\w<>?]+ (\w+) \{ get; set; \}")]
    private static partial Regex Property();
}
