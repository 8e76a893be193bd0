using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Maintenance;

namespace TopicGrpc.Cli.Commands.Maintenance;

/// <summary><c>backup</c>: copies all data of a running server into a backup folder.</summary>
internal static class BackupCommand
{
    public static Command Create(CliContext context)
    {
        Argument<string> folder = new("dir") { Description = "Backup folder; created if missing. It may contain earlier backups." };
        Option<int?> keep = new("--keep")
        {
            CustomParser = static result => NumberParsing.Whole<int>(result),
            Description = "Newest backups to keep, 1 or more; older ones are deleted afterward. Default: all.",
        };
        keep.Validators.Add(result =>
        {
            if (result.GetValue(keep) < 1)
            {
                result.AddError("--keep: must be at least 1");
            }
        });
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new("backup", "Copies all data of a running server; sends only what the folder lacks.") { folder, keep };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            await using ServerConnection connection = server.Connect(parsed);
            string directory = parsed.GetRequiredValue(folder);
            BackupResult backup = await connection.CallAsync(client => client.Maintenance.CreateBackupAsync(directory, token));
            Terminal terminal = json.Context(parsed).Terminal;
            BackupSnapshotInfo snapshot = backup.Snapshot;
            terminal.Line(FormattableString.Invariant(
                $"snapshot {snapshot.Id} in {backup.Directory}: {snapshot.FileCount} files, {snapshot.TotalBytes:N0} bytes, ")
                + FormattableString.Invariant($"{backup.ReceivedBytes:N0} of them received"));
            foreach (string problem in snapshot.Problems)
            {
                terminal.Line($"not in the backup: {problem}");
            }

            if (parsed.GetValue(keep) is { } newest && new BackupFolder(directory).Prune(newest) is { Count: > 0 } deleted)
            {
                terminal.Line($"deleted {string.Join(", ", deleted)}");
            }

            await json.WriteAsync(parsed, backup);
            return snapshot.Problems.Count == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }
}
