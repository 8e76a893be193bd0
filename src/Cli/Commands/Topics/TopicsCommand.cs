using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Commands.Topics;

/// <summary><c>topics</c>: lists the topics of a version; subcommands query and change them.</summary>
internal static class TopicsCommand
{
    public static Command Create(CliContext context)
    {
        ModelArgument model = new();
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("topics", "Lists the topics of a model. Subcommands query topics, or make a new version with changed topics.")
        {
            TopicsShowCommand.Create(context),
            TopicsDocumentsCommand.Create(context),
            TopicsSearchCommand.Create(context),
            TopicsHierarchyCommand.Create(context),
            TopicsLayersCommand.Create(context),
            TopicsOverTimeCommand.Create(context),
            TopicsPerClassCommand.Create(context),
            TopicsExplainCommand.Create(context),
            TopicsReduceCommand.Create(context),
            TopicsMergeCommand.Create(context),
            TopicsSplitCommand.Create(context),
            TopicsOutliersCommand.Create(context),
            TopicsRefitOutliersCommand.Create(context),
            TopicsRelabelCommand.Create(context),
            TopicsDeleteCommand.Create(context),
        };
        model.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            ModelSelector selector = model.Read(parsed);
            ListTopicsOptions options = new() { IncludeRepresentativeDocuments = json.IsSet(parsed) };
            TopicList list = await connection.CallAsync(client => client.ListTopicsAsync(selector, options, token));
            json.Context(parsed).Terminal.Heading(FormattableString.Invariant($"{list.Model}@{list.Version}"));
            json.Context(parsed).Terminal.Write(TopicTable.Of(list.Topics, uids: true));
            await json.WriteAsync(parsed, new
            {
                list.Model,
                list.Version,
                Outliers = list.OutlierCount,
                Topics = list.Topics.Select(ReportTopic.Of),
            });
            return ExitCodes.Ok;
        });
        return command;
    }
}
