using System.Text.RegularExpressions;
using Xunit;

namespace TopicGrpc.Engine.Tests.Architecture;

/// <summary>Every test that <c>docs/assertions.md</c> names exists.</summary>
public sealed partial class AssertionTableTests
{
    [Fact]
    public void Assertions_EveryNamedTest_Exists()
    {
        var sources = RepositoryRoot.Sources("tests").ToLookup(
            file => Path.GetFileNameWithoutExtension(file), File.ReadAllText, StringComparer.Ordinal);
        (string Class, string Method)[] named =
        [
            .. Name().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs/assertions.md")))
                .Select(match => (match.Groups["class"].Value, match.Groups["method"].Value)),
        ];

        Assert.True(named.Length >= 32, $"Only {named.Length} tests are named.");
        Assert.All(named, test => Assert.Contains($" {test.Method}(", string.Concat(sources[test.Class]), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`")]
    private static partial Regex Name();
}
