namespace TopicGrpc.Cli.Terminals;

/// <summary>What a command knows of the process around it.</summary>
/// <param name="Terminal">Where it writes for people.</param>
/// <param name="Results">Where it writes for machines, <c>--json</c>.</param>
/// <param name="Errors">Where the one line of a failure goes.</param>
/// <param name="Variable">Reads an environment variable.</param>
/// <param name="Clock">Measures.</param>
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

    /// <summary>The same without a word for people: standard output holds the result alone.</summary>
    public CliContext ForMachines() => this with { Terminal = Terminal.Silent };
}
