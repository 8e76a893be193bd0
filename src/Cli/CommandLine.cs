using System.CommandLine;
using TopicGrpc.Cli.Commands.Models;
using TopicGrpc.Cli.Commands.Serving;
using TopicGrpc.Cli.Commands.Topics;
using TopicGrpc.Cli.Commands.Workflow;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli;

/// <summary>Parses, runs the command, and turns a failure into one line on standard error and an exit code.</summary>
internal static class CommandLine
{
    // A server that is told to stop lets its calls end first (30 s by default).
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(35);

    public static async Task<int> RunAsync(string[] arguments, CliContext context, CancellationToken cancellationToken = default)
    {
        ParseResult parsed = Root(context).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return await FailAsync(context, $"{string.Join(" ", parsed.Errors.Select(static error => error.Message))} (--help tells more)", ExitCodes.BadInput);
        }

        InvocationConfiguration invocation = new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
            Output = context.Results,
            Error = context.Errors,
        };
        try
        {
            return await parsed.InvokeAsync(invocation, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return await FailAsync(context, "cancelled", ExitCodes.Cancelled);
        }
        catch (Exception e) when (Failure.Explain(e) is not null)
        {
            (string message, int code) = Failure.Explain(e)!.Value;
            return await FailAsync(context, message, code);
        }
    }

    private static RootCommand Root(CliContext context) => new("TopicGrpc: topic models over gRPC. Exit codes: 0 done, 1 failed, 2 wrong input, 130 interrupted.")
    {
        DemoCommand.Create(context),
        ServeCommand.Create(context),
        IngestCommand.Create(context),
        FitCommand.Create(context),
        PredictCommand.Create(context),
        TopicsCommand.Create(context),
        ChartCommand.Create(context),
        ModelsCommand.Create(context),
    };

    private static async Task<int> FailAsync(CliContext context, string message, int code)
    {
        await context.Errors.WriteLineAsync($"topicgrpc: {message.ReplaceLineEndings(" ").Trim()}");
        return code;
    }
}
