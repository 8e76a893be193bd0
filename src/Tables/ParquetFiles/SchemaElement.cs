using System.Text;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>A node of the schema of a Parquet file, as stored: the nodes are in depth-first order.</summary>
internal sealed class SchemaElement
{
    /// <summary>Physical type; null for a group.</summary>
    public PhysicalType? Type { get; private set; }

    /// <summary>Bytes of a value of <see cref="PhysicalType.FixedBytes"/>.</summary>
    public int TypeLength { get; private set; }

    public Repetition Repetition { get; private set; }

    public string Name { get; private set; } = "";

    public int Children { get; private set; }

    public int Scale { get; private set; }

    /// <summary>Meaning of the values.</summary>
    public Annotation Annotation { get; private set; }

    /// <summary>Reads one node.</summary>
    public static SchemaElement Read(ref ThriftReader reader)
    {
        SchemaElement element = new();
        int id = 0;
        while (reader.NextField(ref id, out byte type))
        {
            switch (id)
            {
                case 1:
                    element.Type = (PhysicalType)reader.ReadInt32();
                    break;
                case 2:
                    element.TypeLength = reader.ReadInt32();
                    break;
                case 3:
                    element.Repetition = (Repetition)reader.ReadInt32();
                    break;
                case 4:
                    element.Name = Encoding.UTF8.GetString(reader.ReadBinary());
                    break;
                case 5:
                    element.Children = reader.ReadInt32();
                    break;
                case 6:
                    int converted = reader.ReadInt32();
                    element.Annotation = element.Annotation == Annotation.None ? FromConverted(converted) : element.Annotation;
                    break;
                case 7:
                    element.Scale = reader.ReadInt32();
                    break;
                case 10 when type == ThriftReader.Structure:
                    element.Annotation = ReadLogical(ref reader, element);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return element;
    }

    // The older annotation of a type.
    private static Annotation FromConverted(int type) => type switch
    {
        0 or 4 or 19 => Annotation.Text,
        3 => Annotation.List,
        5 => Annotation.Decimal,
        6 => Annotation.Date,
        9 => Annotation.Milliseconds,
        10 => Annotation.Microseconds,
        11 or 12 or 13 or 14 => Annotation.Unsigned,
        15 or 16 or 17 or 18 => Annotation.None,
        _ => Annotation.Other,
    };

    private static Annotation ReadLogical(ref ThriftReader reader, SchemaElement element)
    {
        Annotation annotation = Annotation.Other;
        int id = 0;
        while (reader.NextField(ref id, out byte type))
        {
            annotation = id switch
            {
                1 or 4 or 12 => Annotation.Text,
                3 => Annotation.List,
                5 => Annotation.Decimal,
                6 => Annotation.Date,
                8 => Annotation.Milliseconds,
                10 => Annotation.None,
                14 => Annotation.Uuid,
                15 => Annotation.Half,
                _ => Annotation.Other,
            };
            if (type != ThriftReader.Structure)
            {
                reader.Skip(type);
                continue;
            }

            int field = 0;
            while (reader.NextField(ref field, out byte inner))
            {
                if (id == 5 && field == 1)
                {
                    element.Scale = reader.ReadInt32();
                }
                else if (id == 8 && field == 2 && inner == ThriftReader.Structure)
                {
                    annotation = ReadUnit(ref reader);
                }
                else if (id == 10 && field == 2)
                {
                    annotation = inner == ThriftReader.True ? Annotation.None : Annotation.Unsigned;
                }
                else
                {
                    reader.Skip(inner);
                }
            }
        }

        return annotation;
    }

    private static Annotation ReadUnit(ref ThriftReader reader)
    {
        Annotation unit = Annotation.Other;
        int id = 0;
        while (reader.NextField(ref id, out byte type))
        {
            unit = id switch
            {
                1 => Annotation.Milliseconds,
                2 => Annotation.Microseconds,
                3 => Annotation.Nanoseconds,
                _ => Annotation.Other,
            };
            reader.Skip(type);
        }

        return unit;
    }
}
