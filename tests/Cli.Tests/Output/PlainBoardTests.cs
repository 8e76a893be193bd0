using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Tests.Output;

public sealed class PlainBoardTests
{
    [Fact]
    public void Report_ManyTimes_OneLineATenth()
    {
        List<string> lines = [];
        IProgressStep step = new PlainBoard(lines.Add).Start("layout");

        for (int i = 0; i <= 1000; i++)
        {
            step.Report(i / 1000.0, "5 documents/s");
        }

        step.Complete("");
        step.Complete("");

        Assert.Equal(10, lines.Count);
        Assert.Equal("layout          10 %  5 documents/s", lines[0]);
        Assert.Equal("layout          done", lines[^1]);
    }

    [Fact]
    public void Write_PlainTerminal_NoControlCodesAndNoMarkup()
    {
        using StringWriter output = new();
        var terminal = Terminal.Of(output, interactive: false);

        terminal.Heading("[not markup]");
        terminal.Write(
            PredictionTable.Of([("[bold]x", new() { TopicId = 0, Name = "0_[a]", Probability = 0.5, Model = "m", Version = 1 })]));

        Assert.DoesNotContain('\u001B', output.ToString());
        Assert.Contains("[bold]x", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("0_[a]", output.ToString(), StringComparison.Ordinal);
    }
}
