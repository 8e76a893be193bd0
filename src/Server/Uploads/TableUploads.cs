using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Ingesting;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Transfers;
using TopicGrpc.Tables.Documents;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Server.Uploads;

/// <summary>
/// Ingest of uploaded tables. Arrow data are read as they arrive. A Parquet file has its description at its end, so it is first written
/// to the staging folder, within <see cref="IngestOptions.MaxTableBytes"/>. Few tables are read at the same time, because each may fill
/// its buffers.
/// </summary>
internal sealed class TableUploads(DataFolder data, DiskThreads disk, IngestStream ingest, IOptions<IngestOptions> options)
{
    private const int BlockBytes = 256 << 10;

    private readonly IngestOptions _options = options.Value;
    private int _running;

    /// <summary>Ingests a table.</summary>
    /// <param name="content">The table, decompressed.</param>
    /// <param name="format">Its format.</param>
    /// <param name="start">Where the documents go.</param>
    /// <param name="events">Receives the events of the ingest stream.</param>
    /// <param name="body">The call.</param>
    /// <param name="cancellationToken">Stops the ingest.</param>
    /// <exception cref="ServiceException">The table is wrong or too large, or too many tables are read already.</exception>
    public async Task RunAsync(
        Stream content, TableFormat format, UploadStart start, EventLines events, CallBody body, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _running) > _options.MaxTableUploads)
        {
            Interlocked.Decrement(ref _running);
            throw Fault.TableUploadsFull(_options.MaxTableUploads);
        }

        try
        {
            if (format == TableFormat.Arrow)
            {
                await IngestAsync(content, format, start, events, body, cancellationToken);
                return;
            }

            await using var folder = await TransferFolder.CreateAsync(data, disk, cancellationToken);
            string path = folder.File("table");
            await SpoolAsync(content, path, cancellationToken);
            IStoredFile file = await disk.Transfers.RunAsync(
                () => data.Files.Open(path, FileMode.Open, FileAccess.Read), cancellationToken);
            await using StoredFileStream stored = new(file, FileAccess.Read);
            await IngestAsync(stored, format, start, events, body, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private async Task IngestAsync(
        Stream content, TableFormat format, UploadStart start, EventLines events, CallBody body, CancellationToken cancellationToken)
    {
        using DocumentTable table = await OpenAsync(content, format, start, cancellationToken);
        await using TableRows rows = new(table, start, _options, cancellationToken);
        await ingest.RunAsync(rows, events, body, cancellationToken);
    }

    private async Task<DocumentTable> OpenAsync(
        Stream content, TableFormat format, UploadStart start, CancellationToken cancellationToken)
    {
        TableLimits limits = new()
        {
            BufferBytes = _options.MaxTableBufferBytes,
            DictionaryBytes = Math.Min(16 << 20, _options.MaxTableBufferBytes),
            MetadataBytes = Math.Min(16 << 20, _options.MaxTableBufferBytes),
            TextBytes = _options.MaxChunkBytes / 2,
        };
        try
        {
            return await DocumentTable.OpenAsync(content, format, start.Columns, limits, cancellationToken);
        }
        catch (TableException wrong)
        {
            throw TableRows.FaultOf(wrong);
        }
    }

    private async Task SpoolAsync(Stream content, string path, CancellationToken cancellationToken)
    {
        using IStoredFile file = await disk.Transfers.RunAsync(
            () => data.Files.Open(path, FileMode.CreateNew, FileAccess.ReadWrite), cancellationToken);
        byte[] block = new byte[BlockBytes];
        long offset = 0;
        while (await content.ReadAtLeastAsync(block, block.Length, throwOnEndOfStream: false, cancellationToken) is var read and > 0)
        {
            if (read > _options.MaxTableBytes - offset)
            {
                throw Fault.InputTooLarge("body", "bytes", _options.MaxTableBytes, offset + read);
            }

            long at = offset;
            await disk.Transfers.RunAsync(() => file.Write(block.AsSpan(0, read), at), cancellationToken);
            offset += read;
        }
    }
}
