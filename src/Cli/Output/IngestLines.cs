using System.Globalization;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Input;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Corpora;

namespace TopicGrpc.Cli.Output;

/// <summary>The result of an ingest in words.</summary>
internal static class IngestLines
{
    /// <summary>Writes what happened to the documents and what the input lost.</summary>
    public static void Write(Terminal terminal, IngestResult result, InputNotes notes)
    {
        terminal.Line(string.Create(
            CultureInfo.InvariantCulture,
            $"corpus {result.Corpus}: {result.Documents:N0} documents; {result.Accepted:N0} stored, "
            + $"{result.Duplicates:N0} already known, {result.Conflicts:N0} conflicting"));
        Write(terminal, notes);
    }

    public static void Write(Terminal terminal, InputNotes notes)
    {
        foreach (string line in notes.Lines())
        {
            terminal.Line(line);
        }
    }

    /// <summary>Fails if the server rejected documents.</summary>
    /// <exception cref="CliException">Documents were rejected.</exception>
    public static void RequireNoRejection(IngestResult result)
    {
        if (result.Rejected == 0)
        {
            return;
        }

        string cause = result.Rejections is [RejectedDocument first, ..]
            ? $"the first is \"{first.DocumentId}\": {first.Message}"
            : "an earlier run of this command reported the reasons";
        throw new CliException(string.Create(CultureInfo.InvariantCulture, $"documents rejected: {result.Rejected:N0}; {cause}"));
    }
}
