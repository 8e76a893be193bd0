using Xunit;

namespace TopicGrpc.Prose.Tests;

/// <summary>Every decision in <c>docs/adr</c> has a number of its own, and its heading starts with it.</summary>
public sealed class DecisionNumberTests
{
    [Fact]
    public void Decisions_Numbers_AreUniqueAndInTheHeading()
    {
        string[] files = [.. Checkout.Files(".md").Where(static file => file.StartsWith("docs/adr/", StringComparison.Ordinal))];
        string[] numbers = [.. files.Select(static file => Path.GetFileName(file)[..4])];

        Assert.True(files.Length >= 50, $"Only {files.Length} decisions were found.");
        Assert.Empty(numbers.CountBy(static number => number).Where(static pair => pair.Value > 1).Select(static pair => pair.Key));
        Assert.Empty(files.Where((file, i) => !Checkout.Read(file).StartsWith($"# {numbers[i]}", StringComparison.Ordinal)));
    }
}
