namespace TopicGrpc.Engine.Numerics;

/// <summary>A union-find structure over the numbers 0 … count − 1, with union by size and path halving.</summary>
internal sealed class DisjointSet
{
    private readonly int[] _parents;
    private readonly int[] _sizes;

    public DisjointSet(int count)
    {
        _parents = new int[count];
        _sizes = new int[count];
        for (int i = 0; i < count; i++)
        {
            _parents[i] = i;
            _sizes[i] = 1;
        }

        SetCount = count;
    }

    /// <summary>Current number of sets.</summary>
    public int SetCount { get; private set; }

    /// <summary>Returns the representative of the set of <paramref name="item"/>. A union can change it.</summary>
    public int Find(int item)
    {
        int[] parents = _parents;
        while (parents[item] != item)
        {
            parents[item] = parents[parents[item]];
            item = parents[item];
        }

        return item;
    }

    /// <summary>Returns the size of the set of <paramref name="item"/>.</summary>
    public int SizeOf(int item) => _sizes[Find(item)];

    /// <summary>Joins the sets of two numbers. Returns false if both are in one set already.</summary>
    public bool Union(int first, int second)
    {
        int a = Find(first);
        int b = Find(second);
        if (a == b)
        {
            return false;
        }

        if (_sizes[a] < _sizes[b])
        {
            (a, b) = (b, a);
        }

        _parents[b] = a;
        _sizes[a] += _sizes[b];
        SetCount--;
        return true;
    }
}
