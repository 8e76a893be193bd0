using Parquet;
using Parquet.Schema;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Writing;

/// <summary>Values of one column that wait for their row group.</summary>
internal abstract class ParquetOutput
{
    /// <summary>Field of the schema.</summary>
    public abstract Field Described { get; }

    /// <summary>Adds the value of the next row.</summary>
    /// <returns>Bytes that the value takes, about.</returns>
    public abstract int Add(TableValue value);

    /// <summary>Writes the values and forgets them.</summary>
    public abstract Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken);

    public static ParquetOutput Create(OutputColumn column) => column.Kind switch
    {
        ColumnKind.Text => new TextOutput(column.Name),
        ColumnKind.Integer => new ScalarOutput<long>(
            new DataField(column.Name, typeof(long), isNullable: true), static value => value.AsInteger),
        ColumnKind.Number => new ScalarOutput<double>(
            new DataField(column.Name, typeof(double), isNullable: true), static value => value.AsNumber),
        ColumnKind.Boolean => new ScalarOutput<bool>(
            new DataField(column.Name, typeof(bool), isNullable: true), static value => value.AsBoolean),
        ColumnKind.Time => new ScalarOutput<DateTime>(
            new DateTimeDataField(
                column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: true),
            static value => value.AsTime.UtcDateTime),
        ColumnKind.Vector => new ListOutput<float>(column.Name, typeof(float), sizeof(float), static value => value.AsVector),
        ColumnKind.Texts => new ListOutput<ReadOnlyMemory<char>>(
            column.Name, typeof(string), 2 * sizeof(long), static value => [.. value.AsTexts.Select(static text => text.AsMemory())]),
        _ => throw new ArgumentException($"Columns of kind {column.Kind} cannot be written.", nameof(column)),
    };

    private sealed class TextOutput(string name) : ParquetOutput
    {
        private readonly DataField<string> _field = new(name);
        private readonly List<string?> _values = [];

        public override Field Described => _field;

        public override int Add(TableValue value)
        {
            _values.Add(value.IsNull ? null : value.AsText);
            return sizeof(long) + (value.IsNull ? 0 : 2 * value.AsText.Length);
        }

        public override async Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
        {
            await group.WriteAsync(_field, _values!, repetitionLevels: null);
            _values.Clear();
        }
    }

    private sealed class ScalarOutput<T>(DataField column, Func<TableValue, T> convert) : ParquetOutput
        where T : struct
    {
        private readonly List<T?> _values = [];

        public override Field Described => column;

        public override int Add(TableValue value)
        {
            _values.Add(value.IsNull ? null : convert(value));
            return 2 * sizeof(long);
        }

        public override async Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
        {
            ReadOnlyMemory<T?> values = _values.ToArray();
            await group.WriteAsync(column, values, repetitionLevels: null, customMetadata: null, cancellationToken);
            _values.Clear();
        }
    }

    /// <summary>A list column: level 0 is null, 1 an empty list, 2 an element.</summary>
    private sealed class ListOutput<T> : ParquetOutput
        where T : struct
    {
        private readonly DataField _element;
        private readonly int _elementBytes;
        private readonly Func<TableValue, T[]> _convert;
        private readonly List<T> _values = [];
        private readonly List<int> _definitions = [];
        private readonly List<int> _repetitions = [];

        public ListOutput(string name, Type type, int elementBytes, Func<TableValue, T[]> convert)
        {
            _element = new DataField("element", type, isNullable: false);
            _elementBytes = elementBytes;
            _convert = convert;
            Described = new ListField(name, _element);
        }

        public override Field Described { get; }

        public override int Add(TableValue value)
        {
            T[] elements = value.IsNull ? [] : _convert(value);
            if (elements.Length == 0)
            {
                _definitions.Add(value.IsNull ? 0 : 1);
                _repetitions.Add(0);
                return 2 * sizeof(int);
            }

            for (int i = 0; i < elements.Length; i++)
            {
                _values.Add(elements[i]);
                _definitions.Add(2);
                _repetitions.Add(i == 0 ? 0 : 1);
            }

            return elements.Length * (_elementBytes + (2 * sizeof(int)));
        }

        public override async Task FlushAsync(ParquetRowGroupWriter group, CancellationToken cancellationToken)
        {
            await group.WriteAllPartsAsync<T>(
                _element, _values.ToArray(), _definitions.ToArray(), _repetitions.ToArray(), cancellationToken);
            _values.Clear();
            _definitions.Clear();
            _repetitions.Clear();
        }
    }
}
