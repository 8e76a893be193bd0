using System.Globalization;
using System.Runtime.CompilerServices;
using TopicGrpc.Tables.Values;
using TopicGrpc.Tables.Vectors;

namespace TopicGrpc.Cli.Input;

/// <summary>Adds the vectors of a file in NumPy's format to documents: the first row belongs to the first document.</summary>
internal sealed class VectorFileReader(IDocumentReader documents, string inputPath, string path) : IDocumentReader
{
    public async IAsyncEnumerable<InputDocument> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using NpyVectors vectors = await OpenAsync(cancellationToken);
        long read = 0;
        await foreach (InputDocument document in documents.ReadAsync(cancellationToken))
        {
            if (read == vectors.Rows)
            {
                throw new InputException(path, Text(
                    $"{vectors.Rows:N0} vectors, but {inputPath} has more documents; one vector per document is expected"));
            }

            float[] vector = await NextAsync(vectors, cancellationToken);
            read++;
            int wrong = Array.FindIndex(vector, static number => !float.IsFinite(number));
            if (wrong >= 0)
            {
                throw new InputException(path, Text($"vector {read}: number {wrong + 1} is {vector[wrong]}; finite numbers are expected"));
            }

            yield return document with { Embedding = vector };
        }

        if (read < vectors.Rows)
        {
            throw new InputException(path, Text(
                $"{vectors.Rows:N0} vectors, but {inputPath} has {read:N0} documents; one vector per document is expected"));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private async Task<NpyVectors> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            FileStream file = new(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.Read,
                bufferSize: 1 << 16,
                FileOptions.SequentialScan | FileOptions.Asynchronous);
            return await NpyVectors.OpenAsync(file, new TableLimits(), cancellationToken);
        }
        catch (TableException e)
        {
            throw new InputException(path, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new InputException(path, $"cannot be read ({e.Message})");
        }
    }

    private async ValueTask<float[]> NextAsync(NpyVectors vectors, CancellationToken cancellationToken)
    {
        try
        {
            return await vectors.ReadAsync(cancellationToken);
        }
        catch (Exception e) when (e is TableException or IOException)
        {
            throw new InputException(path, e.Message);
        }
    }
}
