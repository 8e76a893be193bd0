using System.Globalization;
using Xunit;

namespace TopicGrpc.Architecture.Tests;

public sealed class SourceSizeTests
{
    private const int MaxColumns = 140;

    public static TheoryData<string> Folders => ["src", "tests", "bench", "tools", "samples"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Sources_EveryLine_FitsTheColumns(string folder)
    {
        string[] wide =
        [
            .. from file in Repository.Files(".cs", folder)
               from line in File.ReadLines(file).Index()
               where line.Item.Length > MaxColumns
               select string.Create(
                   CultureInfo.InvariantCulture, $"{Repository.Relative(file)}:{line.Index + 1} has {line.Item.Length} columns"),
        ];
        if (wide.Length > 0)
        {
            Assert.Fail(string.Join('\n', wide));
        }
    }
}
