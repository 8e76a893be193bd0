using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli.Tests;

/// <summary>What a run of the tool left: exit code, standard output, standard error.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Errors)
{
    public static Task<CliRun> OfAsync(params string[] arguments) => OfAsync(new Dictionary<string, string>(), arguments);

    /// <summary>Runs the tool with environment variables.</summary>
    public static async Task<CliRun> OfAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        using StringWriter output = new();
        using StringWriter errors = new();
        CliContext context = new(Terminal.Of(output, interactive: false), output, errors, variables.GetValueOrDefault, TimeProvider.System);
        int code = await CommandLine.RunAsync(arguments, context, TestContext.Current.CancellationToken);
        return new CliRun(code, output.ToString(), errors.ToString());
    }

    /// <summary>The one line of a failure, without its line end.</summary>
    public string OneLine()
    {
        Assert.EndsWith(Environment.NewLine, Errors, StringComparison.Ordinal);
        string line = Errors[..^Environment.NewLine.Length];
        Assert.DoesNotContain('\n', line);
        return line;
    }
}
