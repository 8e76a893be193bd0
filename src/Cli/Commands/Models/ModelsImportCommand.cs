using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Models;

namespace TopicGrpc.Cli.Commands.Models;

/// <summary><c>models import</c>: makes a version from a model that BERTopic saved.</summary>
internal static class ModelsImportCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> folder = new("dir")
        {
            Description = "Folder that BERTopic saved with serialization=\"safetensors\"; up to 256 MiB by default.",
        };
        Option<string?> model = new("--model") { Description = "Model that receives the version. Default: the name of the folder." };
        LabelsOption labels = new();
        Option<string?> encoder = new("--encoder-sha256")
        {
            Description = "SHA-256 of the encoder weights that the model needs; a server with other weights rejects it. Default: only "
                + "the encoder's name is checked.",
        };
        Option<string?> request = new("--request-id")
        {
            Description = "Id up to 64 bytes; a repeated command with the same id returns the version that the first one made. Default: "
                + "none.",
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("import", "Makes a version from a model that BERTopic saved.") { folder, model, encoder, request };
        labels.AddTo(command);
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string directory = Path.GetFullPath(parsed.GetRequiredValue(folder));
            string name = parsed.GetValue(model) ?? InputIdentity.NameOf(directory);
            ImportOptions options = new()
            {
                Labels = labels.Read(parsed),
                EncoderSha256 = parsed.GetValue(encoder),
                RequestId = parsed.GetValue(request),
            };
            await using ServerConnection connection = server.Connect(parsed);
            ModelVersion version = await connection.CallAsync(client => client.Models.ImportAsync(name, directory, options, token));
            Terminal terminal = json.Context(parsed).Terminal;
            string size = FormattableString.Invariant($"{version.TopicCount:N0} topics, {version.DocumentCount:N0} documents");
            terminal.Line(FormattableString.Invariant($"{version.Model}@{version.Version}: {size}; predicts by centroid"));
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
