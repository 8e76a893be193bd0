using System.Buffers.Binary;
using System.Numerics;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>
/// Reads the values of one column, row by row (`Dremel` levels: repetition 0 starts a row, the definition distinguishes null from a value).
/// </summary>
internal sealed class ColumnCursor
{
    private readonly ParquetColumn _column;
    private readonly TableLimits _limits;
    private readonly PageSource _pages;
    private readonly List<float> _vector = [];
    private TableValue[] _dictionary = [];
    private PageValues? _values;
    private RunLengths _indices;
    private RunLengths _definitions;
    private RunLengths _repetitions;
    private RawValue _raw;
    private long _left;
    private int _pageLeft;
    private bool _hasPending;
    private int _pendingRepetition;
    private int _pendingDefinition;

    public ColumnCursor(Stream file, ParquetColumn column, TableLimits limits, BufferBudget budget)
    {
        _column = column;
        _limits = limits;
        _pages = new PageSource(file, column.Name, budget);
    }

    /// <summary>Starts a row group.</summary>
    public void Open(ColumnChunk chunk)
    {
        if (chunk.Type != _column.Type && !chunk.IsEncrypted)
        {
            throw TableException.InColumn(_column.Name, "damaged Parquet file: a row group has another type than the schema");
        }

        _pages.Open(chunk);
        _left = chunk.Values;
        _pageLeft = 0;
        _hasPending = false;
        _dictionary = [];
    }

    /// <summary>Returns the value of the next row.</summary>
    /// <exception cref="InvalidDataException">The column is damaged.</exception>
    /// <exception cref="NotSupportedException">A codec or an encoding is not supported.</exception>
    public ValueTask<TableValue> NextAsync(CancellationToken cancellationToken)
    {
        if (_column.IsList)
        {
            return NextListAsync(cancellationToken);
        }

        return _pageLeft > 0 ? ValueTask.FromResult(NextFlat()) : NextFlatAsync(cancellationToken);
    }

    private async ValueTask<TableValue> NextFlatAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return NextFlat();
    }

    private TableValue NextFlat()
    {
        _pageLeft--;
        if (_column.MaxDefinition > 0 && _definitions.Next() < _column.MaxDefinition)
        {
            return TableValue.Null;
        }

        if (_values is null)
        {
            return Entry();
        }

        _values.Next(ref _raw);
        return ValueConversion.Convert(_column, _raw, _limits.TextBytes);
    }

    private async ValueTask<TableValue> NextListAsync(CancellationToken cancellationToken)
    {
        if (!_hasPending)
        {
            await AdvanceAsync(cancellationToken);
        }

        if (!_hasPending || _pendingRepetition != 0)
        {
            throw new InvalidDataException("a list does not start where its row does");
        }

        if (_pendingDefinition < _column.ElementDefinition)
        {
            // One level below the elements: an empty list. Further below: no list.
            bool isEmpty = _pendingDefinition == _column.ElementDefinition - 1;
            await AdvanceAsync(cancellationToken);
            return isEmpty ? TableValue.Vector([]) : TableValue.Null;
        }

        _vector.Clear();
        do
        {
            AddElement();
            if (_pageLeft > 0)
            {
                Advance();
            }
            else
            {
                await AdvanceAsync(cancellationToken);
            }
        }
        while (_hasPending && _pendingRepetition > 0);
        return TableValue.Vector([.. _vector]);
    }

    private void AddElement()
    {
        if (_pendingDefinition < _column.MaxDefinition)
        {
            throw new InvalidDataException("the list has a null");
        }

        if (_vector.Count == _limits.VectorLength)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"the list has more than {_limits.VectorLength:N0} numbers"));
        }

        if (_values is null)
        {
            TableValue entry = Entry();
            _vector.Add((float)(entry.Kind == ColumnKind.Integer ? entry.AsInteger : entry.AsNumber));
            return;
        }

        _values.Next(ref _raw);
        _vector.Add((float)ValueConversion.Number(_column, _raw));
    }

    private async ValueTask AdvanceAsync(CancellationToken cancellationToken)
    {
        while (_pageLeft == 0 && _left > 0)
        {
            await LoadAsync(cancellationToken);
        }

        _hasPending = _pageLeft > 0;
        if (_hasPending)
        {
            Advance();
        }
    }

    private void Advance()
    {
        _pageLeft--;
        _pendingRepetition = _repetitions.Next();
        _pendingDefinition = _definitions.Next();
        _hasPending = true;
    }

    private TableValue Entry()
    {
        int index = _indices.Next();
        return (uint)index < (uint)_dictionary.Length
            ? _dictionary[index]
            : throw new InvalidDataException("a value is outside its dictionary");
    }

    private async ValueTask LoadAsync(CancellationToken cancellationToken)
    {
        while (_pageLeft == 0)
        {
            if (_left <= 0)
            {
                throw PageNumbers.TooShort();
            }

            (PageHeader header, ReadOnlyMemory<byte> data) = await _pages.NextAsync(cancellationToken);
            switch (header.Kind)
            {
                case PageKind.Dictionary:
                    ReadDictionary(header, data);
                    break;
                case PageKind.Data:
                    OpenPage(header, TakeLevels(ref data, MaxRepetition), TakeLevels(ref data, _column.MaxDefinition), data);
                    break;
                case PageKind.DataSecondVersion:
                    ReadOnlyMemory<byte> repetitions = data[..header.RepetitionBytes];
                    ReadOnlyMemory<byte> definitions = data.Slice(header.RepetitionBytes, header.DefinitionBytes);
                    OpenPage(header, repetitions, definitions, data[(header.RepetitionBytes + header.DefinitionBytes)..]);
                    break;
                default:
                    break;
            }
        }
    }

    private int MaxRepetition => _column.IsList ? 1 : 0;

    // Version 1 has each kind of levels behind its size.
    private static ReadOnlyMemory<byte> TakeLevels(ref ReadOnlyMemory<byte> data, int max)
    {
        if (max == 0)
        {
            return default;
        }

        if (data.Length < sizeof(uint))
        {
            throw PageNumbers.TooShort();
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(data.Span);
        if (length > data.Length - sizeof(uint))
        {
            throw PageNumbers.TooShort();
        }

        ReadOnlyMemory<byte> levels = data.Slice(sizeof(uint), (int)length);
        data = data[(sizeof(uint) + (int)length)..];
        return levels;
    }

    private static int BitsFor(int max) => 32 - BitOperations.LeadingZeroCount((uint)max);

    private void OpenPage(
        PageHeader header, ReadOnlyMemory<byte> repetitions, ReadOnlyMemory<byte> definitions, ReadOnlyMemory<byte> data)
    {
        if (header.Values > _left)
        {
            throw new InvalidDataException("the pages have more values than the column");
        }

        _left -= header.Values;
        _pageLeft = header.Values;
        _repetitions = new RunLengths(repetitions, BitsFor(MaxRepetition));
        _definitions = new RunLengths(definitions, BitsFor(_column.MaxDefinition));
        if (header.Encoding is PageEncoding.PlainDictionary or PageEncoding.RunLengthDictionary)
        {
            // A page of nulls may be empty.
            _values = null;
            _indices = data.IsEmpty ? default : new RunLengths(data[1..], data.Span[0]);
        }
        else
        {
            _values = PageValues.Create(header.Encoding, _column, data, header.Values);
        }
    }

    private void ReadDictionary(PageHeader header, ReadOnlyMemory<byte> data)
    {
        if (header.Encoding is not (PageEncoding.Plain or PageEncoding.PlainDictionary))
        {
            throw new NotSupportedException();
        }

        if (header.Bytes > _limits.DictionaryBytes || header.Values > header.Bytes)
        {
            throw new InvalidDataException(
                FormattableString.Invariant($"a dictionary has {header.Bytes:N0} bytes for {header.Values:N0} values; ")
                + FormattableString.Invariant($"at most {_limits.DictionaryBytes:N0} are allowed"));
        }

        var values = PageValues.Create(PageEncoding.Plain, _column, data, header.Values);
        _dictionary = new TableValue[header.Values];
        for (int i = 0; i < _dictionary.Length; i++)
        {
            values.Next(ref _raw);
            _dictionary[i] = ValueConversion.Convert(_column, _raw, _limits.TextBytes);
        }
    }
}
