using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Writing;

/// <summary>
/// Writes comma-separated values with a header line (RFC 4180, lines end in LF). A null is empty, an empty text is <c>""</c>, and a list is
/// a JSON array.
/// </summary>
internal sealed class CsvTableWriter : ITableWriter
{
    private const int FlushCharacters = 1 << 16;

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly StreamWriter _target;
    private readonly StringBuilder _text = new();
    private readonly ArrayBufferWriter<byte> _list = new();

    public CsvTableWriter(Stream target, IReadOnlyList<OutputColumn> columns)
    {
        _target = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 16, leaveOpen: true);
        for (int i = 0; i < columns.Count; i++)
        {
            _text.Append(i == 0 ? "" : ",");
            AppendText(columns[i].Name);
        }

        _text.Append('\n');
    }

    public async ValueTask WriteAsync(TableValue[] row, CancellationToken cancellationToken)
    {
        for (int i = 0; i < row.Length; i++)
        {
            _text.Append(i == 0 ? "" : ",");
            Append(row[i]);
        }

        _text.Append('\n');
        if (_text.Length >= FlushCharacters)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await FlushAsync(cancellationToken);
        await _target.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _target.DisposeAsync();

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _target.WriteAsync(_text, cancellationToken);
        _text.Clear();
    }

    private void Append(TableValue value)
    {
        switch (value.Kind)
        {
            case null:
                break;
            case ColumnKind.Text:
                AppendText(value.AsText);
                break;
            case ColumnKind.Number:
                _text.Append(CultureInfo.InvariantCulture, $"{value.AsNumber:R}");
                break;
            case ColumnKind.Vector or ColumnKind.Texts:
                AppendList(value);
                break;
            default:
                _text.Append(value.ToAttribute());
                break;
        }
    }

    private void AppendList(TableValue value)
    {
        _list.ResetWrittenCount();
        using (Utf8JsonWriter json = new(_list, Options))
        {
            JsonValues.Write(json, value);
        }

        AppendText(Encoding.UTF8.GetString(_list.WrittenSpan));
    }

    private void AppendText(string text)
    {
        if (text.Length > 0 && !text.AsSpan().ContainsAny(Quoted) && text[0] != ' ' && text[^1] != ' ')
        {
            _text.Append(text);
            return;
        }

        _text.Append('"').Append(text).Replace("\"", "\"\"", _text.Length - text.Length, text.Length).Append('"');
    }
}
