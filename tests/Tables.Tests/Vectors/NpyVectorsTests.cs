using System.Buffers.Binary;
using System.Text;
using TopicGrpc.Tables.Values;
using TopicGrpc.Tables.Vectors;

namespace TopicGrpc.Tables.Tests.Vectors;

public sealed class NpyVectorsTests
{
    [Theory]
    [InlineData("<f2", 1)]
    [InlineData("<f4", 1)]
    [InlineData("<f8", 1)]
    [InlineData("<f4", 2)]
    [InlineData("<f4", 3)]
    public async Task Read_MatrixOfAnyTypeAndVersion_ReturnsItsRows(string type, byte version)
    {
        ArgumentNullException.ThrowIfNull(type);
        float[][] matrix = [[1.5f, -2, 0.25f], [0, 8, -0.5f]];

        using NpyVectors vectors = await OpenAsync(Npy(type, matrix, version));

        Assert.Equal((2, 3), (vectors.Rows, vectors.Dimension));
        Assert.Equal(matrix[0], await vectors.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal(matrix[1], await vectors.ReadAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", "Fortran order")]
    [InlineData("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 2), }", "the type of its numbers is >f4")]
    [InlineData("{'descr': '<i8', 'fortran_order': False, 'shape': (2, 1), }", "the type of its numbers is <i8")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (2, 2), }", "the type of its numbers is |O")]
    [InlineData("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (4,), }", "a structured type")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }", "its shape is (4); (documents, dimension)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2, 1), }", "its shape is (2, 2, 1)")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }", "24 bytes, but 16 follow the header: the file is cut off")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }", "8 bytes, but 16 follow the header: the file is damaged")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 60000), }", "cut off")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1, 70000), }", "1 to 65,536 are allowed")]
    public async Task Open_OtherMatrix_IsRejectedWithTheReason(string header, string reason)
    {
        TableException thrown = await Assert.ThrowsAsync<TableException>(() => OpenAsync(Npy(header, new byte[16], 1)));

        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_FileCutOffInItsHeader_IsRejected()
    {
        byte[] whole = Npy("<f4", [[1, 2]], 1);

        for (int length = 0; length < whole.Length; length++)
        {
            await Assert.ThrowsAsync<TableException>(() => OpenAsync(whole[..length]));
        }
    }

    internal static byte[] Npy(string type, float[][] matrix, byte version)
    {
        int bytes = type[2] - '0';
        byte[] data = new byte[matrix.Length * matrix[0].Length * bytes];
        int at = 0;
        foreach (float number in matrix.SelectMany(static row => row))
        {
            Span<byte> target = data.AsSpan(at, bytes);
            switch (bytes)
            {
                case 2:
                    BinaryPrimitives.WriteHalfLittleEndian(target, (Half)number);
                    break;
                case 4:
                    BinaryPrimitives.WriteSingleLittleEndian(target, number);
                    break;
                default:
                    BinaryPrimitives.WriteDoubleLittleEndian(target, number);
                    break;
            }

            at += bytes;
        }

        string header = FormattableString.Invariant(
            $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({matrix.Length}, {matrix[0].Length}), }}");
        return Npy(header, data, version);
    }

    private static byte[] Npy(string header, byte[] data, byte version)
    {
        byte[] text = Encoding.ASCII.GetBytes(header + "\n");
        byte[] length = version == 1 ? new byte[2] : new byte[4];
        if (version == 1)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)text.Length);
        }
        else
        {
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        }

        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. text, .. data];
    }

    private static Task<NpyVectors> OpenAsync(byte[] bytes) =>
        NpyVectors.OpenAsync(new MemoryStream(bytes), new TableLimits(), TestContext.Current.CancellationToken);
}
