using System.CommandLine;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands;

/// <summary><c>topics</c>: what a version found.</summary>
internal static class TopicsCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> model = new("model") { Description = "Model, with a version or a label where wanted: news, news@7, news@stable." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("topics", "Lists the topics of a model.") { model };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            var selector = ModelSelector.FromString(parsed.GetRequiredValue(model));
            ListTopicsOptions options = new() { IncludeRepresentativeDocuments = json.IsSet(parsed) };
            TopicList list = await connection.CallAsync(client => client.ListTopicsAsync(selector, options, token));
            json.Context(parsed).Terminal.Heading(FormattableString.Invariant($"{list.Model}@{list.Version}"));
            json.Context(parsed).Terminal.Write(TopicTable.Of(list.Topics));
            await json.WriteAsync(parsed, new { list.Model, list.Version, Outliers = list.OutlierCount, Topics = list.Topics.Select(ReportTopic.Of) });
            return ExitCodes.Ok;
        });
        return command;
    }
}
