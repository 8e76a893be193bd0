using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Writing;

/// <summary>Writes one JSON object per row. A null is left out, and a number that is not finite is <c>null</c>.</summary>
internal sealed class JsonLinesTableWriter : ITableWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> _write;
    private readonly JsonEncodedText[] _names;
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 16);
    private readonly Utf8JsonWriter _json;

    public JsonLinesTableWriter(Stream target, IReadOnlyList<OutputColumn> columns)
    {
        _write = target.WriteAsync;
        _names = [.. columns.Select(static column => JsonEncodedText.Encode(column.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];
        _json = new Utf8JsonWriter(_buffer, Options);
    }

    public async ValueTask WriteAsync(TableValue[] row, CancellationToken cancellationToken)
    {
        _json.WriteStartObject();
        for (int i = 0; i < _names.Length; i++)
        {
            if (!row[i].IsNull)
            {
                _json.WritePropertyName(_names[i]);
                JsonValues.Write(_json, row[i]);
            }
        }

        _json.WriteEndObject();
        await _json.FlushAsync(cancellationToken);
        _json.Reset();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= 1 << 16)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public Task CompleteAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => _json.DisposeAsync();

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _write(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }
}
