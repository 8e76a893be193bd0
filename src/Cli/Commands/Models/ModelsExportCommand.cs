using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Names;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models export</c>: writes a version as a folder that BERTopic loads.</summary>
internal static class ModelsExportCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> folder = new("dir") { Description = "Folder to create; an existing folder must be empty." };
        Option<string?> model = new("--model")
        {
            Description = "Model with an optional version or label: news, news@7, news@stable. Default: the name of the folder.",
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("export", "Writes a version as a folder that BERTopic loads.") { folder, model };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string directory = Path.GetFullPath(parsed.GetRequiredValue(folder));
            ModelSelector selector = VersionNames.Selector(parsed.GetValue(model) ?? InputIdentity.NameOf(directory));
            await using ServerConnection connection = server.Connect(parsed);
            ExportedModel exported = await connection.CallAsync(client => client.Models.ExportAsync(selector, directory, token));
            long size = exported.Files.Sum(static file => file.Size);
            json.Context(parsed).Terminal.Line(FormattableString.Invariant(
                $"wrote {exported.Model}@{exported.Version} to {exported.Directory}: {exported.Files.Count} files, {size:N0} bytes"));
            await json.WriteAsync(parsed, exported);
            return ExitCodes.Ok;
        });
        return command;
    }
}
