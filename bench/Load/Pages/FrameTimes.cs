namespace TopicGrpc.Load.Pages;

/// <summary>Frames of a movement of the map, in milliseconds.</summary>
/// <param name="Work">Time of each frame until its pixels are drawn.</param>
/// <param name="Intervals">Time between the ends of successive frames; a display with 60 Hz has one every 16.7 ms.</param>
internal sealed record FrameTimes(double[] Work, double[] Intervals);
