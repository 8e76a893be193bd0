using System.Buffers.Binary;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>
/// Reads a safetensors file: eight bytes with the length of the header, the header (JSON with type, shape and offsets of every tensor), the
/// values. No content of the file makes the reader allocate more than the size of the file. Format: README of the <c>safetensors</c>
/// project.
/// </summary>
internal static class SafetensorsReader
{
    private const int LengthBytes = 8;
    private const string Metadata = "__metadata__";

    /// <summary>Models of BERTopic have only a few tensors. The format itself allows 100 MB.</summary>
    private const long MaxHeaderBytes = 1 << 20;

    /// <exception cref="InvalidDataException">The file is missing, too large or invalid. The message names it.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(ForeignFolder folder, string file)
    {
        byte[] content = folder.ReadBytes(file, ForeignFolder.MaxTensorBytes);
        ulong length = content.Length < LengthBytes ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(content);
        if (length > MaxHeaderBytes || length > (ulong)(content.Length - LengthBytes))
        {
            throw new InvalidDataException($"{file} is not a safetensors file: it has {content.Length} bytes and an invalid length of "
                + "its header.");
        }

        var header = ForeignJson.Parse(file, content.AsMemory(LengthBytes, (int)length));
        ReadOnlyMemory<byte> values = content.AsMemory(LengthBytes + (int)length);
        Dictionary<string, Tensor> tensors = new(StringComparer.Ordinal);
        foreach ((string name, ForeignJson entry) in header.Members())
        {
            if (name != Metadata)
            {
                tensors[name] = ReadTensor(name, entry, values);
            }
        }

        return tensors;
    }

    private static Tensor ReadTensor(string name, ForeignJson entry, ReadOnlyMemory<byte> values)
    {
        ForeignJson typeField = entry.Member("dtype");
        TensorType? type = typeField.Text() switch
        {
            "I32" => TensorType.Int32,
            "F32" => TensorType.Single,
            "F64" => TensorType.Double,
            "I64" => TensorType.Int64,
            _ => null,
        };
        if (type is null)
        {
            throw typeField.Wrong("I32, I64, F32 or F64");
        }

        long[] shape = [.. entry.Member("shape").Items().Select(item => item.Whole(0, int.MaxValue))];
        ForeignJson placeField = entry.Member("data_offsets");
        long[] place = [.. placeField.Items().Select(item => item.Whole(0, values.Length))];
        Int128 size = Tensor.SizeOf(type.Value);
        foreach (long extent in shape)
        {
            // Each factor is below 2^31, and the product stops growing when it exceeds the file, so it cannot overflow.
            size = size > values.Length ? size : size * extent;
        }

        return place.Length == 2 && place[1] >= place[0] && place[1] - place[0] == size
            ? new Tensor(name, type.Value, shape, values[(int)place[0]..(int)place[1]])
            : throw placeField.Wrong("a range of as many bytes as the shape requires");
    }
}
