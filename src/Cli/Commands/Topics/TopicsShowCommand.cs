using System.CommandLine;
using System.Globalization;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics show</c>: shows one topic with its words and representative documents.</summary>
internal static class TopicsShowCommand
{
    private const int AllWords = int.MaxValue;

    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        Argument<string> topic = new("topic") { Description = "Number or uid of the topic. Write -1 for the outliers after \"--\"." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("show", "Shows one topic with all its words and representative documents.");
        model.AddTo(command);
        command.Add(topic);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            ModelSelector selector = model.Read(parsed);
            string given = parsed.GetRequiredValue(topic);
            TopicInfo shown = await connection.CallAsync(client => GetAsync(client, selector, given, token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Write(TopicTable.Of([shown], AllWords, uids: true));
            foreach (RepresentativeDocument document in shown.RepresentativeDocuments)
            {
                terminal.Line($"{document.Id}: {document.Text.ReplaceLineEndings(" ")}");
            }

            await json.WriteAsync(parsed, ReportTopic.Of(shown));
            return ExitCodes.Ok;
        });
        return command;
    }

    // No uid is a number: uids start with a letter.
    private static Task<TopicInfo> GetAsync(TopicGrpcClient client, ModelSelector model, string topic, CancellationToken token) =>
        int.TryParse(topic, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
            ? client.Topics.GetAsync(model, number, token)
            : client.Topics.GetByUidAsync(model, topic, token);
}
