using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Maintenance;

namespace TopicGrpc.Cli.Commands.Maintenance;

/// <summary><c>restore</c>: writes a snapshot of a backup folder as a new data folder.</summary>
internal static class RestoreCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> folder = new("dir") { Description = "Backup folder." };
        Option<string> data = new("--data") { Description = "Data folder to create; an existing folder must be empty.", Required = true };
        Option<string?> snapshot = new("--snapshot") { Description = "Id of the snapshot. Default: the newest." };
        JsonOption json = new(context);
        Command command = new("restore", "Writes a backup as a new data folder; no server is needed.") { folder, data, snapshot };
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            string directory = Path.GetFullPath(parsed.GetRequiredValue(data));
            BackupFolder backups = new(parsed.GetRequiredValue(folder));
            BackupSnapshotInfo restored = Restore(backups, directory, parsed.GetValue(snapshot), token);
            json.Context(parsed).Terminal.Line(FormattableString.Invariant(
                $"restored snapshot {restored.Id} to {directory}: {restored.FileCount} files, {restored.TotalBytes:N0} bytes"));
            await json.WriteAsync(parsed, restored);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static BackupSnapshotInfo Restore(BackupFolder backups, string directory, string? snapshot, CancellationToken cancellationToken)
    {
        try
        {
            return backups.Restore(directory, snapshot, cancellationToken);
        }
        catch (InvalidDataException damage)
        {
            throw new CliException(damage.Message, ExitCodes.Failed, damage);
        }
    }
}
