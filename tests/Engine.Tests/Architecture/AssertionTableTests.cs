using System.Text.RegularExpressions;
using Xunit;

namespace TopicGrpc.Engine.Tests.Architecture;

/// <summary>Every test that <c>docs/assertions.md</c> and <c>docs/faults.md</c> name exists.</summary>
public sealed partial class AssertionTableTests
{
    [Theory]
    [InlineData("docs/assertions.md", 32)]
    [InlineData("docs/faults.md", 60)]
    public void Assertions_EveryNamedTest_Exists(string page, int fewest)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, page));
        var sources = RepositoryRoot.Sources("tests").ToLookup(
            file => Path.GetFileNameWithoutExtension(file), File.ReadAllText, StringComparer.Ordinal);
        (string Class, string Method)[] named =
        [
            .. Name().Matches(text)
                .Select(match => (match.Groups["class"].Value, match.Groups["method"].Value)),
        ];

        Assert.True(named.Length >= fewest, $"Only {named.Length} tests are named.");
        Assert.All(named, test => Assert.Contains($" {test.Method}(", string.Concat(sources[test.Class]), StringComparison.Ordinal));
        Assert.All(ClassName().Matches(text), match => Assert.NotEmpty(sources[match.Groups["class"].Value]));
    }

    [GeneratedRegex(@"`(?<class>\w+Tests)`")]
    private static partial Regex ClassName();

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`")]
    private static partial Regex Name();
}
