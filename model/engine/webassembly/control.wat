;; How a run goes on: years and steps, levers and drivers, Euler and Runge-Kutta, reports by year or by step, ensembles.
;; The addresses and lengths (in bytes) of blocks are constants of the module that this text is part of; every block is
;; made of whole vectors. Steps are counted from the start of the run.

(global $years (mut i32) (i32.const 0))
(global $steps (mut i32) (i32.const 0))
(global $runge_kutta (mut i32) (i32.const 0))
(global $every_step (mut i32) (i32.const 0))
(global $first_year (mut f64) (f64.const 0))
(global $tables (mut i32) (i32.const 0))   ;; yearly rows of levers and drivers, one more than years
(global $history (mut i32) (i32.const 0))  ;; rows of what fixed delays follow, one a step
(global $report (mut i32) (i32.const 0))   ;; rows of results

(func (export "configure")
  (param $years i32) (param $steps i32) (param $runge_kutta i32) (param $every_step i32) (param $first_year f64)
  (param $tables i32) (param $history i32) (param $report i32)
  (global.set $years (local.get $years))
  (global.set $steps (local.get $steps))
  (global.set $runge_kutta (local.get $runge_kutta))
  (global.set $every_step (local.get $every_step))
  (global.set $first_year (local.get $first_year))
  (global.set $tables (local.get $tables))
  (global.set $history (local.get $history))
  (global.set $report (local.get $report)))

;; target = a + factor * b, by vectors
(func $add_scaled (param $target i32) (param $a i32) (param $b i32) (param $factor f64) (param $length i32)
  (local $at i32) (local $factors v128)
  (local.set $factors (f64x2.splat (local.get $factor)))
  (block $done
    (loop $next
      (br_if $done (i32.eq (local.get $at) (local.get $length)))
      (v128.store (i32.add (local.get $target) (local.get $at))
        (f64x2.add
          (v128.load (i32.add (local.get $a) (local.get $at)))
          (f64x2.mul (v128.load (i32.add (local.get $b) (local.get $at))) (local.get $factors))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $next))))

(func $step_length (result f64)
  (f64.div (f64.const 1) (f64.convert_i32_s (global.get $steps))))

;; Years since the start of the run at the start of a step
(func $elapsed (param $step i32) (result f64)
  (f64.div (f64.convert_i32_s (local.get $step)) (f64.convert_i32_s (global.get $steps))))

(func $table_row (param $year i32) (result i32)
  (i32.add (global.get $tables) (i32.mul (local.get $year) (global.get $TABLE_ROW))))

;; Paths that are constant within a year, and what depends on nothing else
(func $enter_year (param $year i32)
  (memory.copy (global.get $STEP_PATHS) (call $table_row (local.get $year)) (global.get $STEP_PATHS_LENGTH))
  (call $each_year))

;; Time and linear paths at a moment; these join the middles of years
(func $enter_moment (param $elapsed f64)
  (local $position f64) (local $year i32) (local $part f64)
  (v128.store (global.get $TIME) (f64x2.splat (f64.add (global.get $first_year) (local.get $elapsed))))
  (local.set $position
    (f64.min
      (f64.max (f64.sub (local.get $elapsed) (f64.const 0.5)) (f64.const 0))
      (f64.convert_i32_s (global.get $years))))
  (local.set $year (i32.trunc_f64_s (local.get $position)))
  (local.set $part (f64.sub (local.get $position) (f64.convert_i32_s (local.get $year))))
  (call $interpolate
    (call $table_row (local.get $year))
    (call $table_row
      (select
        (i32.add (local.get $year) (i32.const 1))
        (local.get $year)
        (i32.lt_s (local.get $year) (global.get $years))))
    (f64x2.splat (f64.sub (f64.const 1) (local.get $part)))
    (f64x2.splat (local.get $part))))

(func $interpolate (param $low i32) (param $high i32) (param $of_low v128) (param $of_high v128)
  (local $at i32)
  (block $done
    (loop $next
      (br_if $done (i32.eq (local.get $at) (global.get $LINEAR_PATHS_LENGTH)))
      (v128.store (i32.add (global.get $LINEAR_PATHS) (local.get $at))
        (f64x2.add
          (f64x2.mul (local.get $of_low)
            (v128.load
              (i32.add (i32.add (local.get $low) (global.get $STEP_PATHS_LENGTH)) (local.get $at))))
          (f64x2.mul (local.get $of_high)
            (v128.load
              (i32.add (i32.add (local.get $high) (global.get $STEP_PATHS_LENGTH)) (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $next))))

;; Values of fixed delays at a step: what they followed so many steps ago, or their first value
(func $recall (param $step i32)
  (local $at i32) (local $then i32)
  (block $done
    (loop $next
      (br_if $done (i32.eq (local.get $at) (global.get $DELAYED_LENGTH)))
      (local.set $then
        (i32.sub
          (local.get $step)
          (i32.trunc_sat_f64_s
            (f64.max (f64.const 1)
              (f64.nearest
                (f64.mul
                  (f64.load (i32.add (global.get $LAGS) (local.get $at)))
                  (f64.convert_i32_s (global.get $steps))))))))
      (f64.store (i32.add (global.get $DELAYED) (local.get $at))
        (f64.load
          (i32.add (local.get $at)
            (if (result i32) (i32.lt_s (local.get $then) (i32.const 0))
              (then (global.get $FIRST))
              (else
                (i32.add (global.get $history) (i32.mul (local.get $then) (global.get $DELAYED_LENGTH))))))))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br $next))))

;; Everything that holds at a moment: delayed values, time, paths, and all equations
(func $evaluate (param $step i32) (param $elapsed f64)
  (call $recall (local.get $step))
  (call $enter_moment (local.get $elapsed))
  (call $moment))

(func $begin (export "begin")
  (call $constants)
  (call $enter_year (i32.const 0))
  (call $enter_moment (f64.const 0))
  (call $start))

;; Watched variables at `step`, with levers and drivers of the step `ahead`
(func (export "look") (param $step i32) (param $ahead i32)
  (call $enter_year (i32.div_s (local.get $ahead) (global.get $steps)))
  (call $recall (local.get $step))
  (call $enter_moment (call $elapsed (local.get $ahead)))
  (v128.store (global.get $TIME)
    (f64x2.splat (f64.add (global.get $first_year) (call $elapsed (local.get $step)))))
  (call $watch))

(func $advance (export "advance") (param $step i32) (param $count i32)
  (local $year i32) (local $in_year i32)
  (local $last i32)
  (local.set $last (i32.add (local.get $step) (local.get $count)))
  (local.set $year (i32.div_s (local.get $step) (global.get $steps)))
  (call $enter_year (local.get $year))
  (loop $next
    (local.set $in_year (i32.rem_s (local.get $step) (global.get $steps)))
    (call $evaluate (local.get $step) (call $elapsed (local.get $step)))
    (call $record (local.get $step) (local.get $in_year))
    (if (global.get $runge_kutta)
      (then (call $runge_kutta_step (local.get $step)))
      (else
        (call $add_scaled (global.get $STOCKS) (global.get $STOCKS) (global.get $RATES)
          (call $step_length) (global.get $STOCKS_LENGTH))))
    (local.set $step (i32.add (local.get $step) (i32.const 1)))
    (if (i32.eq (i32.add (local.get $in_year) (i32.const 1)) (global.get $steps))
      (then
        (if (i32.eqz (global.get $every_step))
          (then
            (call $evaluate (local.get $step) (call $elapsed (local.get $step)))
            (call $close_year (local.get $year))))
        (local.set $year (i32.add (local.get $year) (i32.const 1)))
        (if (i32.lt_s (local.get $step) (local.get $last)) (then (call $enter_year (local.get $year))))))
    (br_if $next (i32.lt_s (local.get $step) (local.get $last)))))

;; The three further slopes of the classical method and the step, from the first slope
(func $runge_kutta_step (param $step i32)
  (local $middle f64)
  (local.set $middle
    (f64.add (call $elapsed (local.get $step)) (f64.mul (f64.const 0.5) (call $step_length))))
  (memory.copy (global.get $BEFORE) (global.get $STOCKS) (global.get $STOCKS_LENGTH))
  (memory.copy (global.get $SLOPES) (global.get $RATES) (global.get $STOCKS_LENGTH))
  (call $slope (local.get $step) (local.get $middle) (f64.const 0.5) (f64.const 2))
  (call $slope (local.get $step) (local.get $middle) (f64.const 0.5) (f64.const 2))
  (call $slope (local.get $step) (call $elapsed (i32.add (local.get $step) (i32.const 1)))
    (f64.const 1) (f64.const 1))
  (call $add_scaled (global.get $STOCKS) (global.get $BEFORE) (global.get $SLOPES)
    (f64.div (call $step_length) (f64.const 6)) (global.get $STOCKS_LENGTH)))

;; The slope a part of the step ahead along the slope before, added with its weight
(func $slope (param $step i32) (param $elapsed f64) (param $part f64) (param $weight f64)
  (call $add_scaled (global.get $STOCKS) (global.get $BEFORE) (global.get $RATES)
    (f64.mul (local.get $part) (call $step_length)) (global.get $STOCKS_LENGTH))
  (call $evaluate (local.get $step) (local.get $elapsed))
  (call $add_scaled (global.get $SLOPES) (global.get $SLOPES) (global.get $RATES)
    (local.get $weight) (global.get $STOCKS_LENGTH)))

;; Keep what the report and delays need of a step
(func $record (param $step i32) (param $in_year i32)
  (memory.copy
    (i32.add (global.get $history) (i32.mul (local.get $step) (global.get $DELAYED_LENGTH)))
    (global.get $FOLLOWED) (global.get $DELAYED_LENGTH))
  (if (global.get $every_step)
    (then
      (memory.copy
        (i32.add (global.get $report) (i32.mul (local.get $step) (global.get $SHOWN_LENGTH)))
        (global.get $SHOWN) (global.get $SHOWN_LENGTH))
      (return)))
  (if (i32.eqz (local.get $in_year))
    (then
      (memory.copy (global.get $OPENING) (global.get $SHOWN) (global.get $MEANS_LENGTH))
      (memory.copy (global.get $SUMS) (global.get $SHOWN) (global.get $MEANS_LENGTH)))
    (else
      (call $add_scaled (global.get $SUMS) (global.get $SUMS) (global.get $SHOWN)
        (f64.const 1) (global.get $MEANS_LENGTH)))))

(func $report_row (param $year i32) (result i32)
  (i32.add (global.get $report) (i32.mul (local.get $year) (global.get $REPORT_ROW))))

;; The row of a year. Fixed delays are constant within steps, and under Euler the mean of a flow is what the steps have
;; added to stocks, so these are exact; other means follow the trapezoidal rule; stocks have their value at the end.
(func $close_year (param $year i32)
  (local $row i32) (local $exact i32)
  (local.set $row (call $report_row (local.get $year)))
  (local.set $exact
    (select (global.get $HELD_LENGTH) (global.get $EXACT_LENGTH) (global.get $runge_kutta)))
  (call $trapezoid (local.get $exact) (i32.sub (global.get $MEANS_LENGTH) (local.get $exact)))
  (memory.fill (local.get $row) (i32.const 0) (global.get $MEANS_LENGTH))
  (call $add_scaled (local.get $row) (local.get $row) (global.get $SUMS)
    (call $step_length) (global.get $MEANS_LENGTH))
  (memory.copy
    (i32.add (local.get $row) (global.get $MEANS_LENGTH))
    (i32.add (global.get $SHOWN) (global.get $MEANS_LENGTH))
    (i32.sub (global.get $SHOWN_LENGTH) (global.get $MEANS_LENGTH))))

;; Half the difference between the ends of the year is added to sums from an offset on
(func $trapezoid (param $from i32) (param $length i32)
  (local $sums i32)
  (local.set $sums (i32.add (global.get $SUMS) (local.get $from)))
  (call $add_scaled (local.get $sums) (local.get $sums)
    (i32.add (global.get $SHOWN) (local.get $from)) (f64.const 0.5) (local.get $length))
  (call $add_scaled (local.get $sums) (local.get $sums)
    (i32.add (global.get $OPENING) (local.get $from)) (f64.const -0.5) (local.get $length)))

;; Annual statistics, year by year; those that refer to a certain year take a pass for it first
(func $finish (export "finish")
  (local $pass i32) (local $year i32)
  (loop $next_pass
    (call $reset_years (local.get $pass))
    (local.set $year (i32.const 0))
    (loop $next_year
      (memory.copy (global.get $SHOWN) (call $report_row (local.get $year)) (global.get $SHOWN_LENGTH))
      (memory.copy (global.get $LINEAR_PATHS)
        (i32.add (call $table_row (local.get $year)) (global.get $STEP_PATHS_LENGTH))
        (global.get $LINEAR_PATHS_LENGTH))
      (v128.store (global.get $TIME)
        (f64x2.splat (f64.add (global.get $first_year) (f64.convert_i32_s (local.get $year)))))
      (call $enter_year (local.get $year))
      (call $annual (local.get $pass))
      (memory.copy
        (i32.add (call $report_row (local.get $year)) (global.get $SHOWN_LENGTH))
        (global.get $ANNUAL) (i32.sub (global.get $REPORT_ROW) (global.get $SHOWN_LENGTH)))
      (local.set $year (i32.add (local.get $year) (i32.const 1)))
      (br_if $next_year (i32.lt_s (local.get $year) (global.get $years))))
    (local.set $pass (i32.add (local.get $pass) (i32.const 1)))
    (br_if $next_pass (i32.lt_s (local.get $pass) (global.get $PASSES)))))

(func $run (export "run")
  (call $begin)
  (call $advance (i32.const 0) (i32.mul (global.get $years) (global.get $steps)))
  (if (i32.eqz (global.get $every_step)) (then (call $finish))))

;; Runs of an ensemble, one after another. Each takes its parameters, and its tables if it has any, from `inputs`.
(func (export "run_members") (param $count i32) (param $inputs i32) (param $tables_length i32)
  (local $first_report i32) (local $rows i32)
  (local.set $first_report (global.get $report))
  (local.set $rows
    (select (i32.mul (global.get $years) (global.get $steps)) (global.get $years) (global.get $every_step)))
  (loop $next
    (memory.copy (i32.const 0) (local.get $inputs) (global.get $PARAMETERS_LENGTH))
    (local.set $inputs (i32.add (local.get $inputs) (global.get $PARAMETERS_LENGTH)))
    (memory.copy (global.get $tables) (local.get $inputs) (local.get $tables_length))
    (local.set $inputs (i32.add (local.get $inputs) (local.get $tables_length)))
    (call $run)
    (global.set $report
      (i32.add (global.get $report)
        (i32.mul (local.get $rows)
          (select (global.get $SHOWN_LENGTH) (global.get $REPORT_ROW) (global.get $every_step)))))
    (local.set $count (i32.sub (local.get $count) (i32.const 1)))
    (br_if $next (local.get $count)))
  (global.set $report (local.get $first_report)))
