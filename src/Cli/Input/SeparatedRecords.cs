using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace TopicGrpc.Cli.Input;

/// <summary>
/// Splits text into rows and values by RFC 4180 with the reading of Python's <c>csv</c> module: a quote opens a quoted value only at its
/// start and is an ordinary character elsewhere; a row ends in LF, CR LF or CR.
/// </summary>
internal sealed class SeparatedRecords(string path, TextReader text, char separator)
{
    /// <summary>Most characters of a row. A longer one indicates an unclosed quote.</summary>
    private const int MaxRowLength = 16 << 20;

    private readonly SearchValues<char> _endsOfValue = SearchValues.Create(separator, '\r', '\n');
    private readonly char[] _buffer = new char[1 << 15];
    private readonly StringBuilder _value = new();
    private int _at;
    private int _length;
    private long _line = 1;
    private int _rowLength;
    private bool _isBlank;

    /// <exception cref="InputException">A quoted value does not end, or a row is too long.</exception>
    public async IAsyncEnumerable<SeparatedRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await FillAsync(cancellationToken))
        {
            long start = _line;
            _rowLength = 0;
            _isBlank = true;
            List<string> values = [];
            bool hasMore;
            do
            {
                hasMore = await ReadValueAsync(start, cancellationToken);
                values.Add(_value.ToString());
                _value.Clear();
            }
            while (hasMore);
            yield return new SeparatedRecord(start, values, _isBlank);
        }
    }

    /// <summary>Reads a value into the builder and consumes what ends it.</summary>
    /// <returns>Whether another value of the row follows.</returns>
    private async ValueTask<bool> ReadValueAsync(long start, CancellationToken cancellationToken)
    {
        if (await FillAsync(cancellationToken) && _buffer[_at] == '"')
        {
            await ReadQuotedAsync(start, cancellationToken);
        }

        while (await FillAsync(cancellationToken))
        {
            int length = _buffer.AsSpan(_at, _length - _at).IndexOfAny(_endsOfValue);
            Take(length < 0 ? _length - _at : length, start);
            if (length < 0)
            {
                continue;
            }

            char end = _buffer[_at++];
            if (end == separator)
            {
                _isBlank &= char.IsWhiteSpace(separator);
                return true;
            }

            if (end == '\r' && await FillAsync(cancellationToken) && _buffer[_at] == '\n')
            {
                _at++;
            }

            _line++;
            return false;
        }

        return false;
    }

    /// <summary>Reads a quoted value; a doubled quote means one.</summary>
    private async ValueTask ReadQuotedAsync(long start, CancellationToken cancellationToken)
    {
        _at++;
        _isBlank = false;
        bool wasReturn = false;
        while (await FillAsync(cancellationToken))
        {
            int length = _buffer.AsSpan(_at, _length - _at).IndexOf('"');
            int taken = length < 0 ? _length - _at : length;
            CountLines(_buffer.AsSpan(_at, taken), ref wasReturn);
            Take(taken, start);
            if (length < 0)
            {
                continue;
            }

            _at++;
            wasReturn = false;
            if (!await FillAsync(cancellationToken) || _buffer[_at] != '"')
            {
                return;
            }

            Take(1, start);
        }

        throw new InputException(path, start, "unclosed quote");
    }

    private void CountLines(ReadOnlySpan<char> characters, ref bool wasReturn)
    {
        foreach (char character in characters)
        {
            if (character == '\r' || (character == '\n' && !wasReturn))
            {
                _line++;
            }

            wasReturn = character == '\r';
        }
    }

    private void Take(int count, long start)
    {
        ReadOnlySpan<char> taken = _buffer.AsSpan(_at, count);
        _isBlank = _isBlank && taken.IsWhiteSpace();
        _value.Append(taken);
        _at += count;
        _rowLength += count;
        if (_rowLength > MaxRowLength)
        {
            throw new InputException(path, start, "a row exceeds 16 million characters; check for an unclosed quote");
        }
    }

    /// <summary>Returns whether a character is in the buffer, after reading more if it is empty.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_at == _length)
        {
            _at = 0;
            _length = await text.ReadAsync(_buffer, cancellationToken);
        }

        return _length > 0;
    }
}
