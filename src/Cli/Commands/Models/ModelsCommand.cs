using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Output;
using TopicGrpc.Cli.Reports;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models</c>: lists the models of a server, or the versions of a model.</summary>
internal static class ModelsCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string?> model = new("model")
        {
            Description = "Model whose versions to list. Default: list the models.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new(
            "models",
            "Lists models, or the versions of a model. Subcommands show, make, compare and delete versions, route calls, import, export.")
        {
            model,
            ModelsShowCommand.Create(context),
            ModelsDeriveCommand.Create(context),
            ModelsMergeCommand.Create(context),
            ModelsPredictionsCommand.Create(context),
            ModelsImportCommand.Create(context),
            ModelsExportCommand.Create(context),
            ModelsCompareCommand.Create(context),
            ModelsLabelCommand.Create(context),
            ModelsRollbackCommand.Create(context),
            ModelsTrafficCommand.Create(context),
            ModelsShadowCommand.Create(context),
            ModelsWatchCommand.Create(context),
            ModelsDeleteCommand.Create(context),
        };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            Terminal terminal = json.Context(parsed).Terminal;
            if (parsed.GetValue(model) is string name)
            {
                IReadOnlyList<ModelVersion> versions = await connection.CallAsync(client => VersionsAsync(client, name, token));
                terminal.Write(ModelTables.Of(versions));
                await json.WriteAsync(parsed, versions.Select(ReportVersion.Of));
            }
            else
            {
                IReadOnlyList<ModelInfo> models = await connection.CallAsync(client => ModelsAsync(client, token));
                terminal.Write(ModelTables.Of(models));
                await json.WriteAsync(parsed, models);
            }

            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task<IReadOnlyList<ModelInfo>> ModelsAsync(TopicGrpcClient client, CancellationToken cancellationToken) =>
        await client.Models.ListAsync(cancellationToken).ToListAsync(cancellationToken);

    private static async Task<IReadOnlyList<ModelVersion>> VersionsAsync(
        TopicGrpcClient client,
        string model,
        CancellationToken cancellationToken) =>
        await client.Models.ListVersionsAsync(model, cancellationToken).ToListAsync(cancellationToken);
}
