using System.Text.Json;
using Microsoft.Playwright;

namespace TopicGrpc.Load.Pages;

/// <summary>A visit of a map in a browser with an empty cache.</summary>
internal sealed class MapVisit : IAsyncDisposable
{
    // The first callback of a frame starts its clock; the map draws in the second; the last one waits until the pixels are drawn.
    private const string Frames =
        """
        async ([kind, frames]) => {
          const stage = document.querySelector(".map-stage");
          const canvas = document.querySelector(".map-points");
          const gl = canvas.getContext("webgl2");
          const box = stage.getBoundingClientRect();
          const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
          const work = [], ends = [];
          for (let frame = 0; frame < frames; frame++) {
            let start = 0;
            requestAnimationFrame(() => { start = performance.now(); });
            if (kind === "pan") {
              const angle = frame / 20;
              stage.dispatchEvent(new PointerEvent("pointermove", {
                pointerId: 1, bubbles: true, clientX: x + 90 * Math.sin(angle), clientY: y + 90 * Math.cos(angle) - 90
              }));
            } else {
              stage.dispatchEvent(new WheelEvent("wheel", {
                deltaY: frame < frames / 2 ? -40 : 40, bubbles: true, cancelable: true, clientX: x, clientY: y
              }));
            }

            await new Promise(done => requestAnimationFrame(() => {
              gl?.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
              ends.push(performance.now());
              work.push(ends.at(-1) - start);
              done();
            }));
          }

          return [work, ends.slice(1).map((end, at) => end - ends[at])];
        }
        """;

    private const string Resources =
        """
        () => performance.getEntriesByType("resource").map(entry => ({
          path: new URL(entry.name).pathname.replace("/explorer/", ""), compressed: entry.encodedBodySize, bytes: entry.decodedBodySize
        }))
        """;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly IPage _page;

    private MapVisit(IPage page, double firstPaint)
    {
        _page = page;
        FirstPaint = firstPaint;
    }

    /// <summary>Time from the navigation until the points are drawn, in milliseconds.</summary>
    public double FirstPaint { get; }

    /// <summary>Opens the map of a version and waits until its points are drawn.</summary>
    public static async Task<MapVisit> OpenAsync(PageBrowser browser, Uri page, string model)
    {
        IPage tab = await browser.OpenAsync();
        await tab.GotoAsync(new Uri(page, $"models/{model}/1/map").AbsoluteUri);
        await tab.WaitForSelectorAsync(".map[data-state=ready]");
        double paint = await tab.EvaluateAsync<double>("() => performance.getEntriesByName('map-first-paint')[0].startTime");
        return new MapVisit(tab, paint);
    }

    /// <summary>Drags the map in circles.</summary>
    public async Task<FrameTimes> PanAsync(int frames)
    {
        LocatorBoundingBoxResult box = (await _page.Locator(".map-stage").BoundingBoxAsync())!;
        await _page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await _page.Mouse.DownAsync();
        FrameTimes times = await RunAsync("pan", frames);
        await _page.Mouse.UpAsync();
        return times;
    }

    /// <summary>Zooms in with the wheel and out again.</summary>
    public Task<FrameTimes> ZoomAsync(int frames) => RunAsync("zoom", frames);

    /// <summary>Returns whether the map draws points or their density.</summary>
    public async Task<string> ModeAsync() => await _page.Locator(".map").GetAttributeAsync("data-mode") ?? "";

    /// <summary>Returns the files that the page loaded.</summary>
    public async Task<IReadOnlyList<Transfer>> TransfersAsync()
    {
        JsonElement entries = (await _page.EvaluateAsync(Resources))!.Value;
        return entries.Deserialize<Transfer[]>(Json)!;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _page.Context.DisposeAsync();

    private async Task<FrameTimes> RunAsync(string kind, int frames)
    {
        double[][] times = await _page.EvaluateAsync<double[][]>(Frames, new object[] { kind, frames });
        return new FrameTimes(times[0], times[1]);
    }
}
