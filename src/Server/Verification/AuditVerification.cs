using System.Buffers;
using System.Text.Json;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Audit;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Verification;

/// <summary>
/// Checks the files of the audit log: every line is a JSON object with time, caller, method and outcome, and no file between the first and
/// the last is missing. The lines have no checksums. Their bytes are not in the totals, because verifying a running server adds a line.
/// </summary>
internal sealed class AuditVerification(IFileStorage files, DataPaths paths)
{
    private const int BlockBytes = 64 << 10;

    // Names of at most 32 resources; a file without line ends must not be read into memory.
    private const int MaxLineBytes = 1 << 20;

    private static readonly string[] Fields = ["time", "caller", "method", "outcome"];

    /// <summary>Checks all files.</summary>
    /// <param name="report">Receives at most one problem per file.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public void Run(Action<DataProblem> report, CancellationToken cancellationToken)
    {
        AuditFolder audit = new(files, paths.Audit);
        long[] numbers = audit.Numbers();
        for (int index = 0; index < numbers.Length; index++)
        {
            string path = audit.PathOf(numbers[index]);
            string name = paths.Relative(path);
            if (index > 0 && numbers[index] != numbers[index - 1] + 1)
            {
                report(new DataProblem(true, name, FormattableString.Invariant(
                    $"The files between number {numbers[index - 1]} and this one are missing.")));
            }

            try
            {
                Check(path, message => report(new DataProblem(true, name, message)), cancellationToken);
            }
            catch (FileNotFoundException) when (index == 0)
            {
                // A running server deleted its oldest file.
            }
        }
    }

    private void Check(string path, Action<string> report, CancellationToken cancellationToken)
    {
        using IStoredFile file = files.Open(path, FileMode.Open, FileAccess.Read);

        // An incomplete line at the end is no damage: a server writes it, or a crash ended it and the next start cuts it off.
        long length = AuditFolder.CompleteLength(file);
        byte[] buffer = new byte[BlockBytes];
        ArrayBufferWriter<byte> line = new();
        long number = 0;
        for (long offset = 0; offset < length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int read = file.Read(buffer.AsSpan(0, (int)Math.Min(BlockBytes, length - offset)), offset);
            if (read == 0)
            {
                report("The file became shorter while it was read.");
                return;
            }

            offset += read;
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, read);
            for (int end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
            {
                line.Write(rest[..end]);
                rest = rest[(end + 1)..];
                number++;
                if (!IsEntry(line.WrittenMemory))
                {
                    report(FormattableString.Invariant($"Line {number} is no entry of an audit log."));
                    return;
                }

                line.ResetWrittenCount();
            }

            line.Write(rest);
            if (line.WrittenCount > MaxLineBytes)
            {
                report(FormattableString.Invariant($"Line {number + 1} is no entry of an audit log."));
                return;
            }
        }
    }

    private static bool IsEntry(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var entry = JsonDocument.Parse(line);
            return entry.RootElement.ValueKind == JsonValueKind.Object
                && Fields.All(field => entry.RootElement.TryGetProperty(field, out JsonElement value)
                    && value.ValueKind == JsonValueKind.String)
                && entry.RootElement.GetProperty(Fields[0]).TryGetDateTimeOffset(out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
