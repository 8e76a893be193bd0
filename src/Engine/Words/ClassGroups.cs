namespace TopicGrpc.Engine.Words;

/// <summary>Documents by class, in document order within a class.</summary>
internal sealed class ClassGroups
{
    private readonly int[] _starts;
    private readonly int[] _documents;

    /// <param name="classes">Class of each document, from 0; negative for none.</param>
    /// <param name="classCount">Number of classes.</param>
    public ClassGroups(ReadOnlySpan<int> classes, int classCount)
    {
        _starts = new int[classCount + 1];
        foreach (int group in classes)
        {
            if (group >= 0)
            {
                _starts[group + 1]++;
            }
        }

        for (int group = 0; group < classCount; group++)
        {
            _starts[group + 1] += _starts[group];
        }

        _documents = new int[_starts[classCount]];
        int[] next = _starts[..classCount];
        for (int document = 0; document < classes.Length; document++)
        {
            if (classes[document] >= 0)
            {
                _documents[next[classes[document]]++] = document;
            }
        }
    }

    public int Count => _starts.Length - 1;

    public ReadOnlySpan<int> Of(int group) => _documents.AsSpan(_starts[group], _starts[group + 1] - _starts[group]);
}
