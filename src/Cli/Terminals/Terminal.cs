using Spectre.Console;

namespace TopicGrpc.Cli.Terminals;

/// <summary>Human-readable output: bars and colors on an interactive terminal, plain lines without control codes otherwise.</summary>
internal sealed class Terminal
{
    private const int PlainWidth = 160;

    private readonly IAnsiConsole _console;
    private readonly bool _interactive;

    private Terminal(IAnsiConsole console, bool interactive)
    {
        _console = console;
        _interactive = interactive;
    }

    /// <summary>A terminal that discards all output.</summary>
    public static Terminal Silent { get; } = Of(TextWriter.Null, interactive: false);

    public static Terminal Of(TextWriter writer, bool interactive)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = interactive ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = interactive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = interactive ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!interactive)
        {
            console.Profile.Width = PlainWidth;
        }

        return new Terminal(console, interactive);
    }

    /// <summary>Writes one line without wrapping it, so that users can copy it.</summary>
    public void Line(string text = "") => _console.Profile.Out.Writer.WriteLine(text);

    public void Heading(string text)
    {
        if (_interactive)
        {
            _console.MarkupLineInterpolated($"[bold]{text}[/]");
        }
        else
        {
            Line(text);
        }
    }

    public void Write(Table table)
    {
        table.Border = _interactive ? TableBorder.Rounded : TableBorder.Ascii;
        _console.Write(table);
    }

    /// <summary>Runs work that reports progress.</summary>
    public Task<T> TrackAsync<T>(Func<IProgressBoard, Task<T>> work) => _interactive
        ? LiveBoard.RunAsync(_console, work)
        : work(new PlainBoard(Line));
}
