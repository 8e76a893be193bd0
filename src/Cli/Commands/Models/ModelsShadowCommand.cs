using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models shadow</c>: reports the disagreements of the shadow version.</summary>
internal static class ModelsShadowCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> model = new("model") { Description = "Name of the model, such as news." };
        Option<int> count = new("--count")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Number of topic pairs to list, the most frequent first, 1 to 1,000.",
            DefaultValueFactory = _ => 20,
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("shadow", "Reports how often the shadow version disagrees, by pair of topics.") { model, count };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            ShadowReport report = await connection.CallAsync(client =>
                client.Models.GetShadowReportAsync(parsed.GetRequiredValue(model), parsed.GetValue(count), token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Heading(FormattableString.Invariant($"{report.Model}@{report.ShadowVersion} since {report.Since:u}"));
            terminal.Line(FormattableString.Invariant(
                $"compared {report.Compared:N0}, disagreed {report.Disagreed:N0}, dropped {report.Dropped:N0}, failed {report.Failed:N0}"));
            terminal.Write(ModelTables.Of(report));
            await json.WriteAsync(parsed, report);
            return ExitCodes.Ok;
        });
        return command;
    }
}
