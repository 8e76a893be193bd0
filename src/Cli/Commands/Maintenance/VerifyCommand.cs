using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Hosting;
using TopicGrpc.Cli.Options;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Maintenance;
using TopicGrpc.Server;

namespace TopicGrpc.Cli.Commands.Maintenance;

/// <summary>
/// <c>verify</c>: checks every checksum and reference of stored data, in a data folder, a backup folder or a running server.
/// </summary>
internal static class VerifyCommand
{
    public static Command Create(CliContext context)
    {
        Option<string?> data = new("--data") { Description = "Data folder to read directly, without a server. Default: ask the server." };
        Option<string?> backup = new("--backup")
        {
            Description = "Backup folder to read directly, without a server. Default: ask the server.",
        };
        ServerOption server = new(context);
        JsonOption json = new(context);
        Command command = new(
            "verify",
            "Checks every checksum and reference of stored data. Exit code 1 if something is damaged or missing.")
        {
            data,
            backup,
        };
        server.AddTo(command);
        json.AddTo(command);
        command.SetAction(async (parsed, token) =>
        {
            DataVerification result = (parsed.GetValue(data), parsed.GetValue(backup)) switch
            {
                ({ } folder, null) => ReadData(folder, token),
                (null, { } folder) => ReadBackup(folder, token),
                (null, null) => await AskAsync(server, parsed, token),
                _ => throw new CliException("--data and --backup exclude each other", ExitCodes.BadInput),
            };
            Terminal terminal = json.Context(parsed).Terminal;
            foreach (DataProblem problem in result.Problems)
            {
                terminal.Line($"{(problem.IsError ? "error" : "warning")}: {problem.Subject}: {problem.Message}");
            }

            terminal.Line(FormattableString.Invariant(
                $"{result.ErrorCount} errors, {result.WarningCount} warnings; read {result.CorpusCount} corpora, ")
                + FormattableString.Invariant(
                $"{result.DocumentCount:N0} documents, {result.VersionCount} versions, {result.ReadBytes:N0} bytes"));
            await json.WriteAsync(parsed, result);
            return result.ErrorCount == 0 ? ExitCodes.Ok : ExitCodes.Failed;
        });
        return command;
    }

    private static async Task<DataVerification> AskAsync(ServerOption server, ParseResult parsed, CancellationToken cancellationToken)
    {
        await using ServerConnection connection = server.Connect(parsed);
        return await connection.CallAsync(client => client.Maintenance.VerifyAsync(cancellationToken));
    }

    private static DataVerification ReadData(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new CliException($"--data: there is no folder '{folder}'", ExitCodes.BadInput);
        }

        List<DataProblem> problems = [];
        StoredDataTotals totals = StoredData.Verify(
            folder, (isError, subject, message) => problems.Add(new DataProblem(isError, subject, message)), cancellationToken);
        return new DataVerification(
            problems, totals.Corpora, totals.Documents, totals.Versions, totals.ReadBytes, totals.Errors, totals.Warnings);
    }

    private static DataVerification ReadBackup(string folder, CancellationToken cancellationToken)
    {
        BackupFolder backups = new(folder);
        if (backups.List().Count == 0)
        {
            throw new CliException($"--backup: '{folder}' contains no backup", ExitCodes.BadInput);
        }

        IReadOnlyList<string> problems = backups.Verify(cancellationToken);
        return new DataVerification(
            [.. problems.Select(problem => new DataProblem(true, backups.FullPath, problem))], 0, 0, 0, 0, problems.Count, 0);
    }
}
