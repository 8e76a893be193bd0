using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models import</c>: makes a version of a model that BERTopic saved.</summary>
internal static class ModelsImportCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> folder = new("dir") { Description = "Folder that BERTopic saved with serialization=\"safetensors\"." };
        Option<string?> model = new("--model") { Description = "Model that gets the version. Default: the name of the folder." };
        Option<string[]> labels = new("--label") { Description = "Label to set to the new version, such as stable; may be repeated. Default: none, the version in service stays." };
        Option<string?> encoder = new("--encoder-sha256") { Description = "SHA-256 of the weights that the model needs; a server with others refuses. Default: the encoder's name must do." };
        Option<string?> request = new("--request-id") { Description = "Makes a repeated command give the version of the first one." };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("import", "Makes a version of a model that BERTopic saved.") { folder, model, labels, encoder, request };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string directory = Path.GetFullPath(parsed.GetRequiredValue(folder));
            string name = parsed.GetValue(model) ?? InputIdentity.Slug(Path.GetFileName(Path.TrimEndingDirectorySeparator(directory)));
            ImportOptions options = new() { Labels = parsed.GetValue(labels) ?? [], EncoderSha256 = parsed.GetValue(encoder), RequestId = parsed.GetValue(request) };
            await using ServerConnection connection = server.Connect(parsed);
            ModelVersion version = await connection.CallAsync(client => client.Models.ImportAsync(name, directory, options, token));
            Terminal terminal = json.Context(parsed).Terminal;
            terminal.Line(FormattableString.Invariant($"{version.Model}@{version.Version}: {version.TopicCount:N0} topics, {version.DocumentCount:N0} documents; predicts by centroid"));
            foreach (string warning in version.Report?.Warnings ?? [])
            {
                terminal.Line($"warning: {warning}");
            }

            await json.WriteAsync(parsed, new
            {
                version.Model,
                version.Version,
                Topics = version.TopicCount,
                Documents = version.DocumentCount,
                version.OutlierShare,
                version.EncoderSha256,
                Source = version.ImportedFrom,
                Warnings = version.Report?.Warnings ?? [],
            });
            return ExitCodes.Ok;
        });
        return command;
    }
}
