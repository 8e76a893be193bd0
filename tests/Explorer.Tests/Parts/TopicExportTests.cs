using System.Text.Json;
using TopicGrpc.Client.Topics;
using TopicGrpc.Explorer.Topics;

namespace TopicGrpc.Explorer.Tests.Parts;

public sealed class TopicExportTests
{
    private static readonly TopicList List = new()
    {
        Model = "news",
        Version = 3,
        Topics = [new TopicInfo { Id = 0, Name = "0_a_b", Count = 7, Label = "a, \"b\"", Words = [new("tax cut", 0.5), new("law", 0.25)] }],
    };

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"no\"", "\"say \"\"no\"\"\"")]
    [InlineData("=HYPERLINK(1)", "'=HYPERLINK(1)")]
    [InlineData("-1+2", "'-1+2")]
    public void Field_AnyText_IsOneCellAndNoFormula(string text, string expected) => Assert.Equal(expected, TopicExport.Field(text));

    [Fact]
    public void ToCsv_Topic_HasOneLineWithQuotedLabel() =>
        Assert.Equal("topic,uid,name,label,documents,words\r\n0,,0_a_b,\"a, \"\"b\"\"\",7,tax_cut law\r\n", TopicExport.ToCsv(List));

    [Fact]
    public void ToJsonLines_Topic_IsOneObjectALine()
    {
        string[] lines = TopicExport.ToJsonLines(List).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        using var line = JsonDocument.Parse(Assert.Single(lines));
        Assert.Equal("a, \"b\"", line.RootElement.GetProperty("label").GetString());
        Assert.Equal("tax cut", line.RootElement.GetProperty("words")[0].GetProperty("term").GetString());
    }
}
