namespace TopicGrpc.Cli.Terminals;

/// <summary>The process environment of a command: outputs, environment variables, clock.</summary>
/// <param name="Terminal">Human-readable output.</param>
/// <param name="Results">Machine-readable output, <c>--json</c>.</param>
/// <param name="Errors">Output of the one line of a failure.</param>
/// <param name="Variable">Reads an environment variable.</param>
/// <param name="Clock">Measures elapsed time.</param>
internal sealed record CliContext(
    Terminal Terminal,
    TextWriter Results,
    TextWriter Errors,
    Func<string, string?> Variable,
    TimeProvider Clock)
{
    public static CliContext OfProcess() => new(
        Terminal.Of(Console.Out, interactive: !Console.IsOutputRedirected),
        Console.Out,
        Console.Error,
        Environment.GetEnvironmentVariable,
        TimeProvider.System);

    /// <summary>Returns a copy without human-readable output: standard output receives the result alone.</summary>
    public CliContext WithoutTerminal() => this with { Terminal = Terminal.Silent };
}
