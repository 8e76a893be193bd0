using System.Text.RegularExpressions;
using Xunit;

namespace TopicGrpc.Architecture.Tests;

/// <summary>Operators search for the ids of log messages, and the documents name some of them.</summary>
public sealed partial class EventIdTests
{
    [Fact]
    public void LogMessages_OfAllProjects_HaveIdsOfTheirOwn()
    {
        (string Id, string File)[] messages =
        [
            .. from file in Repository.Files(".cs", "src")
               from Match match in Id().Matches(File.ReadAllText(file))
               select (match.Groups[1].Value, Repository.Relative(file)),
        ];

        Assert.NotEmpty(messages);
        Assert.Empty(messages
            .GroupBy(static message => message.Id)
            .Where(static group => group.Count() > 1)
            .Select(static group => $"{group.Key}: {string.Join(", ", group.Select(static message => message.File))}"));
    }

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId = )?(\d+)")]
    private static partial Regex Id();
}
