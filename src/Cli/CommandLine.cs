using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using TopicGrpc.Cli.Commands.Cluster;
using TopicGrpc.Cli.Commands.Corpora;
using TopicGrpc.Cli.Commands.Exports;
using TopicGrpc.Cli.Commands.Fits;
using TopicGrpc.Cli.Commands.Keys;
using TopicGrpc.Cli.Commands.Maintenance;
using TopicGrpc.Cli.Commands.Maps;
using TopicGrpc.Cli.Commands.Models;
using TopicGrpc.Cli.Commands.Serving;
using TopicGrpc.Cli.Commands.Topics;
using TopicGrpc.Cli.Commands.Workflow;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Names;
using TopicGrpc.Cli.Terminals;

namespace TopicGrpc.Cli;

/// <summary>Parses the command line and runs the command. A failure becomes one line on standard error and an exit code.</summary>
internal static partial class CommandLine
{
    // Longer than the server's shutdown timeout (30 s by default), during which running calls may finish.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(35);

    public static async Task<int> RunAsync(string[] arguments, CliContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await RunUnguardedAsync(arguments, context, cancellationToken);
        }
#pragma warning disable CA1031 // Every exception becomes one line: users must not see a stack trace that they did not ask for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            (string message, int code) = Failure.Explain(e);
            await FailAsync(context, message, code);
            if (arguments.Contains(Failure.TraceOption, StringComparer.Ordinal))
            {
                await context.Errors.WriteLineAsync(e.ToString());
            }

            return code;
        }
    }

    private static async Task<int> RunUnguardedAsync(string[] arguments, CliContext context, CancellationToken cancellationToken)
    {
        ParseResult parsed = Root(context).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            string errors = string.Join(" ", parsed.Errors.Select(static error => TypeName().Replace(error.Message, "")));
            return await FailAsync(context, $"{errors} (see --help)", ExitCodes.BadInput);
        }

        if (parsed.Action is HelpAction)
        {
            HideParentArguments(parsed.CommandResult);
        }
        else if (parsed.CommandResult.Children.Select(EmptyValue).FirstOrDefault(static fault => fault is not null) is { } empty)
        {
            return await FailAsync(context, empty, ExitCodes.BadInput);
        }

        InvocationConfiguration invocation = new()
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
            Output = context.Results,
            Error = context.Errors,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    /// <summary>Creates the root command with all commands; parsing with it runs nothing.</summary>
    public static RootCommand Root(CliContext context) => new($"TopicGrpc: topic models over gRPC. {ExitCodes.Description}")
    {
        DemoCommand.Create(context),
        HealthCommand.Create(context),
        ServeCommand.Create(context),
        ExploreCommand.Create(context),
        IngestCommand.Create(context),
        FitCommand.Create(context),
        AssignCommand.Create(context),
        PredictCommand.Create(context),
        TopicsCommand.Create(context),
        ChartCommand.Create(context),
        MapCommand.Create(context),
        ExportCommand.Create(context),
        ModelsCommand.Create(context),
        FitsCommand.Create(context),
        KeysCommand.Create(context),
        ClusterCommand.Create(context),
        ServerCommand.Create(context),
        WhoAmICommand.Create(context),
        AuditCommand.Create(context),
        CorporaCommand.Create(context),
        BackupCommand.Create(context),
        RestoreCommand.Create(context),
        VerifyCommand.Create(context),
        new Option<bool>(Failure.TraceOption) { Description = "Add the stack trace to a failure.", Recursive = true },
    };

    // The help of a subcommand would list the arguments of its parents, which apply only without a subcommand.
    private static void HideParentArguments(CommandResult command)
    {
        for (var parent = command.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            foreach (Argument argument in parent.Command.Arguments)
            {
                argument.Hidden = true;
            }
        }
    }

    // An unset variable of the shell arrives as an empty value.
    private static string? EmptyValue(SymbolResult given) => given.Tokens.All(static token => token.Value.Length > 0) ? null : given switch
    {
        ArgumentResult { Argument.Name: "model" or "version" } => VersionNames.EmptyModel,
        ArgumentResult argument => $"the argument {argument.Argument.Name} is empty",
        OptionResult option => $"{option.Option.Name}: the value is empty",
        _ => null,
    };

    // System.CommandLine ends some messages with the name of a .NET type.
    [GeneratedRegex(@" as expected type '[^']*'", RegexOptions.CultureInvariant)]
    private static partial Regex TypeName();

    private static async Task<int> FailAsync(CliContext context, string message, int code)
    {
        await context.Errors.WriteLineAsync($"topicgrpc: {Failure.OneLine(message)}");
        return code;
    }
}
