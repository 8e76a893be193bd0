using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Audit;

/// <summary>
/// Records changes and rejected calls. A change is recorded durably before its call is answered. Records of rejected calls are limited per
/// second, so that a flood of them fills neither the disk nor the log. If the disk fails, the call is answered all the same, and the
/// server's log has the error.
/// </summary>
internal sealed class AuditLog : IDisposable
{
    private static readonly JsonSerializerOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly bool _isEnabled;
    private readonly AuditFile _file;
    private readonly Func<Func<bool>, CancellationToken, Task<bool>> _write;
    private readonly TokenBucket _rejections;
    private readonly ILogger<AuditLog> _logger;
    private long _unrecorded;

    public AuditLog(IOptions<AuditOptions> options, DataFolder data, DiskThreads threads, TimeProvider clock, ILogger<AuditLog> logger)
    {
        _isEnabled = options.Value.Enabled;
        _file = new AuditFile(data, options.Value.MaxFileBytes, options.Value.MaxFiles);
        _write = threads.Writer("audit").RunAsync;
        _rejections = new TokenBucket(options.Value.MaxRejectionsPerSecond, options.Value.MaxRejectionsPerSecond, clock);
        _logger = logger;
    }

    /// <summary>Records a change.</summary>
    public Task ChangedAsync(AuditEntry entry) => _isEnabled ? WriteAsync(entry) : Task.CompletedTask;

    /// <summary>Records a rejected call without waiting for the disk.</summary>
    public void Rejected(AuditEntry entry)
    {
        if (!_isEnabled)
        {
            return;
        }

        if (_rejections.Take(1) > TimeSpan.Zero)
        {
            Interlocked.Increment(ref _unrecorded);
            return;
        }

        _ = WriteAsync(entry);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private async Task WriteAsync(AuditEntry entry)
    {
        AuditEntry line = entry with { Unrecorded = Interlocked.Exchange(ref _unrecorded, 0) };
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, Form), (byte)'\n'];
        try
        {
            await _write(
                () =>
                {
                    _file.Append(bytes);
                    return true;
                },
                CancellationToken.None);
        }
        catch (Exception exception) when (exception is ObjectDisposedException || StorageErrors.Classify(exception) != StorageError.None)
        {
            _file.Close();
            Log.NotWritten(_logger, exception, entry.Method, entry.Caller);
        }
    }
}
