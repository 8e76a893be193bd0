using System.Globalization;
using Xunit;

namespace TopicGrpc.Architecture.Tests;

public sealed class SourceSizeTests
{
    private const int MaxColumns = 140;
    private const int MaxScriptLines = 400;

    public static TheoryData<string> Folders => ["src", "tests", "bench", "tools", "samples"];

    private static readonly string[] Extensions = [".cs", ".razor", ".js", ".css", ".proto"];

    [Theory]
    [MemberData(nameof(Folders))]
    [InlineData("protos")]
    public void Sources_EveryLine_FitsTheColumns(string folder)
    {
        string[] wide =
        [
            .. from extension in Extensions
               from file in Repository.Files(extension, folder)
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

    [Fact]
    public void Scripts_EveryFile_HasAtMostTheLines() => Assert.All(
        Repository.Files(".js", "src"),
        static file => Assert.InRange(File.ReadLines(file).Count(), 1, MaxScriptLines));
}
