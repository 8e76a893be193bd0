using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TopicGrpc.Engine.Neighbors;

namespace TopicGrpc.Engine.Layout;

/// <summary>State of the placement of a document, see <see cref="Placement{TPoint}"/>.</summary>
/// <typeparam name="TPoint">Position in vector registers.</typeparam>
internal ref struct PlacementWalk<TPoint>
    where TPoint : struct, IPoint<TPoint>
{
    /// <summary>Creates a walk.</summary>
    /// <param name="nearest">Nearest training documents, 1 to <see cref="UmapOptions.MostNeighbors"/>.</param>
    /// <param name="scratch"><see cref="ScratchLength"/> values.</param>
    public PlacementWalk(RankedRows nearest, Span<float> scratch)
    {
        Nearest = nearest;
        Squares = MemoryMarshal.Cast<float, Vector256<float>>(scratch[..(LayoutForces.Group * Vector256<float>.Count)]);
        scratch = scratch[(LayoutForces.Group * Vector256<float>.Count)..];
        Samples = scratch[..(LayoutForces.Group * TPoint.Stride)];
        scratch = scratch[Samples.Length..];
        Factors = scratch[..LayoutForces.Group];
        scratch = scratch[LayoutForces.Group..];
        Periods = scratch[..nearest.Count];
        Due = scratch.Slice(nearest.Count, nearest.Count);
    }

    /// <summary>Scratch memory of a walk, in values.</summary>
    public static int ScratchLength =>
        (LayoutForces.Group * (Vector256<float>.Count + TPoint.Stride + 1)) + (2 * UmapOptions.MostNeighbors);

    /// <summary>Nearest training documents.</summary>
    public RankedRows Nearest { get; }

    /// <summary>Epochs between two attractions by each neighbor.</summary>
    public Span<float> Periods { get; }

    /// <summary>Epoch of the next attraction by each neighbor.</summary>
    public Span<float> Due { get; }

    /// <summary>Squared distances of a group of negative samples, each as eight partial sums.</summary>
    public Span<Vector256<float>> Squares { get; }

    /// <summary>Coefficients of a group of repulsions.</summary>
    public Span<float> Factors { get; }

    /// <summary>Positions of a group of negative samples, if they are not prepared.</summary>
    public Span<float> Samples { get; }

    /// <summary>Current position.</summary>
    public TPoint Point { get; set; }

    /// <summary>Negative samples drawn so far, a multiple of <see cref="LayoutForces.Group"/>.</summary>
    public int Drawn { get; set; }

    /// <summary>Repulsions left in the epoch.</summary>
    public int Pushes { get; set; }

    /// <summary>Copies the position.</summary>
    public readonly void CopyTo(Span<float> position)
    {
        Span<float> padded = stackalloc float[TPoint.Stride];
        Point.Store(ref MemoryMarshal.GetReference(padded), 0);
        padded[..position.Length].CopyTo(position);
    }
}
